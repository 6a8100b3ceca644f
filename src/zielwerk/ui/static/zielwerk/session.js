// The end of a session: told in time, put off with one press, survived by what was typed.
// The server's clock counts. Before anything is said the server is asked: another tab may have
// worked meanwhile, and this machine may have slept.
(function () {
  "use strict";
  const TICK = 5000;
  const WORK = 300000; // typing is told to the server so often at most

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.getElementById("sitzung");
    const warning = document.getElementById("sitzung-warnung");
    const ending = document.getElementById("sitzung-ende");
    const tabs = "BroadcastChannel" in window ? new BroadcastChannel("zielwerk-session") : null;
    const last = Number(place.dataset.last) * 1000; // 0: it does not say
    const notice = Number(place.dataset.notice) * 1000;
    let ahead = 0; // how far the server's clock is ahead of this one
    let until = 0;
    let isOver = false;
    let hasWorked = false;
    let isExtending = false; // one request at a time: two would write the same row at once
    let told = Date.now(); // when the server last heard of work

    const left = () => until - (Date.now() + ahead);

    function learn({ now, until: end, token }) {
      ahead = now * 1000 - Date.now();
      until = end * 1000;
      // After a new sign-in elsewhere the forms of this page are good again.
      for (const field of token ? document.getElementsByName("csrfmiddlewaretoken") : []) {
        field.value = token;
      }
    }

    async function ask(options) {
      try {
        const response = await fetch(place.dataset.url, { cache: "no-store", ...options });
        return response.ok ? await response.json() : null;
      } catch {
        return null; // no connection: this machine's clock has to do
      }
    }

    // Ask the server, then say what is so.
    async function check() {
      const answer = await ask();
      const isHers = answer && answer.person === place.dataset.person;
      if (isHers) learn(answer);
      isOver = answer ? !isHers : left() <= 0;
      show();
      return isHers && answer.token;
    }

    async function extend() {
      if (isExtending) return;
      isExtending = true;
      const token = await check();
      const post = { method: "POST", headers: { "X-CSRFToken": token } };
      const answer = token ? await ask(post) : null;
      isExtending = false;
      if (!answer) return;
      learn(answer);
      told = Date.now();
      show();
      if (tabs) tabs.postMessage("changed");
    }

    function show() {
      const isNear = !isOver && left() <= notice;
      const wasShown = "shown" in warning.dataset || "shown" in ending.dataset;
      const wasOver = "shown" in ending.dataset;
      if (isNear) {
        const time = { hour: "2-digit", minute: "2-digit" };
        const end = new Date(until - ahead).toLocaleTimeString(document.documentElement.lang, time);
        warning.querySelector("[data-until-time]").textContent = end;
        // Some hours after the sign-in no press puts the end off.
        const isFinal = last > 0 && until >= last - 1000;
        warning.querySelector("[data-final]").hidden = !isFinal;
        warning.querySelector("[data-extend]").hidden = isFinal;
      }
      turn(warning, isNear);
      turn(ending, isOver);
      if (wasShown && !isNear && !isOver) {
        const said = wasOver ? place.dataset.again : place.dataset.extended;
        document.getElementById("ansage").textContent = said;
      }
    }

    // Whoever closed a dialog has read it: it is not opened a second time for the same reason.
    function turn(dialog, isWanted) {
      if (isWanted && !("shown" in dialog.dataset)) {
        dialog.dataset.shown = "";
        dialog.showModal();
      } else if (!isWanted) {
        delete dialog.dataset.shown;
        if (dialog.open) dialog.close();
      }
    }

    function tick() {
      if (isOver) return;
      if (left() <= notice) check();
      else if (hasWorked && Date.now() - told >= WORK) {
        hasWorked = false;
        extend();
      }
    }

    learn({ now: Number(place.dataset.now), until: Number(place.dataset.until) });
    setInterval(tick, TICK);
    document.addEventListener("input", () => {
      hasWorked = true;
    });
    place.addEventListener("click", (event) => {
      if (event.target.closest("[data-extend]")) extend();
    });
    // Back at the machine, or back at this tab.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && (isOver || left() <= notice)) check();
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) check();
    });
    if (tabs) {
      // A page that opens is work, too: the other tabs learn of it.
      tabs.postMessage("changed");
      tabs.addEventListener("message", () => {
        if (isOver || left() <= notice || warning.open) check();
      });
    }
  });
})();
