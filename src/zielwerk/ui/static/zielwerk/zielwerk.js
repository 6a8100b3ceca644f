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

  // Paper is light, whatever the screen is.
  function paper() {
    window.addEventListener("beforeprint", () => applyTheme("light"));
    window.addEventListener("afterprint", () => applyTheme(wantedTheme()));
  }

  function menu() {
    const button = document.querySelector(".zw-menu");
    const list = document.getElementById("hauptmenue");
    if (!button || !list) return;
    button.hidden = false;
    const turn = (open) => {
      button.setAttribute("aria-expanded", String(open));
      list.classList.toggle("zw-nav--open", open);
    };
    const isOpen = () => button.getAttribute("aria-expanded") === "true";
    button.addEventListener("click", () => turn(!isOpen()));
    button.parentElement.parentElement.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      turn(false);
      button.focus();
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
  // when it changes. The result of filters is told each time: it answers somebody. With
  // data-announce-wait it is told only after so many milliseconds without another answer.
  function announcements() {
    let waiting;
    document.addEventListener("htmx:afterSettle", (event) => {
      const region = document.getElementById("ansage");
      const part = event.target.querySelector("[data-announce]") || event.target;
      const said = part.dataset && part.dataset.announce;
      if (!said) return;
      clearTimeout(waiting);
      if (isFiltering(event)) {
        region.textContent = "";
        setTimeout(() => (region.textContent = said), 50); // an equal text is a change, too
        return;
      }
      const tell = () => {
        if (region.textContent !== said) region.textContent = said;
      };
      if (part.dataset.announceWait) waiting = setTimeout(tell, Number(part.dataset.announceWait));
      else tell();
    });
  }

  function isFiltering(event) {
    const asking = event.detail.requestConfig && event.detail.requestConfig.elt;
    return Boolean(asking && asking.matches(".zw-filters form"));
  }

  // A fragment that was asked for but led elsewhere (to the sign-in, say) is a page of its own.
  function detours() {
    document.addEventListener("htmx:beforeSwap", (event) => {
      const answered = event.detail.xhr.responseURL;
      const asked = new URL(event.detail.pathInfo.requestPath, location.href).pathname;
      if (answered && new URL(answered).pathname !== asked) {
        event.detail.shouldSwap = false;
        event.target.dispatchEvent(new CustomEvent("zw-umweg", { bubbles: true }));
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

  // A filter that is chosen with the mouse answers at once. Keys walk through the options of a
  // select, each one a change: they are applied by Enter, by the button, or as the keys lead
  // out of the form.
  function filters() {
    let isByKeys = false;
    const selectOf = (event) => event.target.closest(".zw-filters select");
    document.addEventListener("pointerdown", () => (isByKeys = false), true);
    document.addEventListener(
      "keydown",
      (event) => {
        isByKeys = true;
        if (event.key !== "Enter" || !selectOf(event)) return;
        event.preventDefault();
        event.target.form.requestSubmit();
      },
      true,
    );
    document.addEventListener("change", (event) => {
      if (!selectOf(event)) return;
      if (isByKeys) event.target.form.dataset.waits = "";
      else event.target.form.requestSubmit();
    });
    document.addEventListener("submit", (event) => delete event.target.dataset.waits, true);
    document.addEventListener("focusout", (event) => {
      const form = event.target.form;
      const leaves = form && isByKeys && document.hasFocus() && !form.contains(event.relatedTarget);
      if (leaves && "waits" in form.dataset) form.requestSubmit();
    });
  }

  // The answer to filters replaces the page's content, the form with it. What was unfolded,
  // typed or focused in the meantime stays.
  function filtersAnswered() {
    let typed = [];
    let focused = null;
    let isOpen = false;
    document.addEventListener("htmx:beforeSwap", (event) => {
      if (!isFiltering(event)) return;
      const { elt, formData } = event.detail.requestConfig;
      const texts = [...elt.querySelectorAll("select, input[type=text], input[type=search]")];
      typed = texts.filter((field) => field.value !== (formData.get(field.name) || ""));
      focused = document.activeElement;
      isOpen = elt.closest("details").open;
    });
    document.addEventListener("htmx:afterSettle", (event) => {
      if (!isFiltering(event)) return;
      if (isOpen) document.querySelector(".zw-filters details").open = true;
      for (const field of typed) {
        const again = document.getElementById(field.id);
        if (again) again.value = field.value;
      }
      if (!focused || focused.isConnected) return;
      const place = document.getElementById(focused.id) || alike(focused);
      if (place) place.focus({ preventScroll: true });
    });
  }

  function alike(gone) {
    const words = gone.textContent.trim();
    return [...document.querySelectorAll(`#inhalt ${gone.localName}`)].find(
      (place) => place.textContent.trim() === words,
    );
  }

  // A page that one goes back to, or a tab that is doubled, is drawn anew, with new tokens. The
  // entry in the browser's history still knows those of before, so that a form is done once.
  function onceOnly() {
    const [navigation] = performance.getEntriesByType("navigation");
    const isAgain = navigation && navigation.type !== "navigate";
    const known = (isAgain && history.state && history.state.einmal) || {};
    const tokens = {};
    for (const field of document.querySelectorAll('input[name="einmal"]')) {
      let key = field.form.action;
      while (key in tokens) key += "+"; // several buttons may lead to one address
      field.value = tokens[key] = known[key] || field.value;
    }
    history.replaceState({ ...history.state, einmal: tokens }, "");
  }

  // Beside the result there is room for the parameters: they are unfolded.
  function parameters() {
    const folded = document.querySelector('.zw-whatif > [data-part="facts"] > details');
    if (folded && matchMedia("(min-width: 64rem)").matches) folded.open = true;
  }

  document.addEventListener("DOMContentLoaded", () => {
    onceOnly();
    parameters();
    filters();
    filtersAnswered();
    wideTables();
    themeSwitch();
    paper();
    menu();
    dialogs();
    announcements();
    detours();
    // What was done stands first, and says it where something is still wrong with it.
    const first = document.querySelector(".zw-said, .zw-errors");
    if (first) first.focus();
  });
})();
