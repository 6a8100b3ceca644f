// What pages can do without, only better: theme, menu, dialogs, announcements.
(function () {
  "use strict";
  const root = document.documentElement;
  const STORED = "zielwerk-theme";

  function wantedTheme() {
    try {
      return localStorage.getItem(STORED) || "system";
    } catch {
      return "system";
    }
  }

  function applyTheme(theme) {
    if (theme === "light" || theme === "dark") root.dataset.kernTheme = theme;
    else delete root.dataset.kernTheme;
  }

  // Before anything is drawn, so that nothing flickers.
  applyTheme(wantedTheme());
  root.classList.add("zw-scripted");

  function themeSwitch() {
    const group = document.querySelector(".zw-theme");
    if (!group) return;
    group.hidden = false;
    for (const choice of group.querySelectorAll("input")) {
      choice.checked = choice.value === wantedTheme();
      choice.addEventListener("change", () => {
        applyTheme(choice.value);
        try {
          localStorage.setItem(STORED, choice.value);
        } catch {
          // Without storage the choice lasts for this page.
        }
      });
    }
  }

  function menu() {
    const button = document.querySelector(".zw-menu");
    const list = document.getElementById("hauptmenue");
    if (!button || !list) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      list.classList.toggle("zw-nav--open", open);
    });
  }

  function dialogs() {
    document.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-dialog]");
      const dialog = opener && document.getElementById(opener.dataset.dialog);
      if (dialog && dialog.showModal) {
        event.preventDefault();
        dialog.showModal();
      } else if (event.target.closest("[data-close]")) {
        event.preventDefault();
        event.target.closest("dialog").close();
      }
    });
  }

  // A fragment that replaces itself says in data-announce what is worth telling; it is told
  // once, when it changes. With data-announce-wait it is told only after so many milliseconds
  // without another answer: not at each key.
  function announcements() {
    const region = document.getElementById("ansage");
    let waiting;
    document.addEventListener("htmx:afterSettle", (event) => {
      const part = event.target.querySelector("[data-announce]") || event.target;
      const said = part.dataset && part.dataset.announce;
      const tell = () => {
        if (region.textContent !== said) region.textContent = said;
      };
      if (!said) return;
      clearTimeout(waiting);
      waiting = setTimeout(tell, Number(part.dataset.announceWait || 0));
    });
  }

  // A fragment that was asked for but led elsewhere (to the sign-in, say) is a page of its own.
  function detours() {
    document.addEventListener("htmx:beforeSwap", (event) => {
      const answered = event.detail.xhr.responseURL;
      const asked = new URL(event.detail.pathInfo.requestPath, location.href).pathname;
      if (answered && new URL(answered).pathname !== asked) {
        event.detail.shouldSwap = false;
        location.assign(answered);
      }
    });
  }

  // A table wider than its place is scrolled in it: then it takes the focus, so that keys reach it.
  function wideTables() {
    const watch = new ResizeObserver((tables) => {
      for (const { target: place } of tables) {
        const caption = place.querySelector("caption");
        if (place.scrollWidth > place.clientWidth) {
          place.tabIndex = 0;
          place.setAttribute("role", "group");
          if (caption) place.setAttribute("aria-label", caption.textContent.trim());
        } else {
          for (const name of ["tabindex", "role", "aria-label"]) place.removeAttribute(name);
        }
      }
    });
    const find = (part) => part.querySelectorAll(".zw-table").forEach((one) => watch.observe(one));
    find(document);
    document.addEventListener("htmx:load", (event) => find(event.target));
  }

  // A chosen filter answers at once; words are sent with the button.
  function filters() {
    document.addEventListener("change", (event) => {
      const form = event.target.matches("select") && event.target.closest(".zw-filters form");
      if (form) form.requestSubmit();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    filters();
    wideTables();
    themeSwitch();
    menu();
    dialogs();
    announcements();
    detours();
    const errors = document.querySelector(".zw-errors");
    if (errors) errors.focus();
  });
})();
