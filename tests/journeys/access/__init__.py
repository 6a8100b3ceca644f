"""Everybody tries every route with things of her own, of a neighbour and of others."""
