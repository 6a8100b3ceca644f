from zielwerk.language import *  # noqa: F403
from zielwerk.language import sentence, translate, value_text  # noqa: F401
