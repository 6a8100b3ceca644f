// The review: F8 leads from doubt to doubt, then to corrected words that still stand elsewhere, at
// last to accepting, in the text and in the form at once; what is settled is counted while one works.
// Without scripts the links lead there, and sending counts.
(() => {
  const groups = [...document.querySelectorAll(".zw-value--doubt")];
  const counters = document.querySelectorAll("[data-settled]");
  const start = document.querySelector("[data-doubt-start]");
  const before = new Map(fieldsOf(document).map((field) => [field, stand(field)]));
  let here = null;

  function fieldsOf(part) {
    return [...part.querySelectorAll(".zw-value :is(input, select, textarea)")];
  }

  function stand(field) {
    return field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value;
  }

  // Ticked, or corrected: whoever corrects a value has looked at it. Or all its words are decided.
  function isSettled(group) {
    const words = (group.dataset.words || "").split(" ").filter(Boolean);
    const isDecided = (word) => document.querySelector(`#wort-${word} input:checked`);
    if (words.length && words.every(isDecided)) return true;
    return [...group.querySelectorAll("input, select, textarea")].some((field) => {
      if (field.name.startsWith("word:")) return false;
      return field.name.startsWith("settled:") ? field.checked : before.get(field) !== stand(field);
    });
  }

  // Where places overlap, one mark leads to several groups; this is the group's own.
  function markOf(group) {
    return document.getElementById(group.id.replace(/^wert-/, "text-"));
  }

  function tellNumber(counter, number) {
    if (counter.textContent !== String(number)) counter.textContent = String(number);
  }

  function countAnswers() {
    const asked = [...document.querySelectorAll(".zw-value--question")];
    const answered = asked.filter((question) =>
      [...question.querySelectorAll("input, textarea")].some((field) =>
        field.type === "checkbox" ? field.checked : field.value.trim(),
      ),
    );
    for (const counter of document.querySelectorAll("[data-answered]"))
      tellNumber(counter, answered.length);
  }

  function countWords() {
    const decided = document.querySelectorAll("[data-corrected]:has(input:checked)").length;
    for (const counter of document.querySelectorAll("[data-decided]")) tellNumber(counter, decided);
  }

  function count() {
    countAnswers();
    countWords();
    const open = groups.filter((group) => !isSettled(group));
    for (const group of groups) {
      const settled = !open.includes(group);
      group.classList.toggle("zw-value--settled", settled);
      const mark = markOf(group);
      if (mark) {
        mark.classList.toggle("zw-mark--open", !settled);
        mark.classList.toggle("zw-mark--settled", settled);
      }
    }
    for (const counter of counters) tellNumber(counter, groups.length - open.length);
    if (start) {
      start.parentElement.hidden = !open.length;
      if (open.length) start.href = "#" + open[0].querySelector(".zw-value__doubt").id;
    }
  }

  function show(group) {
    for (const other of document.querySelectorAll(".zw-mark--here")) {
      other.classList.remove("zw-mark--here");
    }
    const link = group.querySelector(".zw-value__quote a");
    const mark = link && document.querySelector(link.getAttribute("href"));
    const text = mark && mark.closest(".zw-text");
    if (!text) return;
    mark.classList.add("zw-mark--here");
    const word = mark.querySelector(".zw-mark--word") || mark;
    const away = word.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += away - text.clientHeight / 2;
  }

  // Where the focus goes, the group's name is told; why it is doubted and what the text says is told here.
  function tell(group) {
    const told = group.querySelectorAll(".zw-value__reason, .zw-value__quote");
    document
      .getElementById("ansage")
      .replaceChildren(...[...told].map((part) => part.cloneNode(true)));
  }

  // What is still open, in the order of the page: doubts, and corrected words to decide about.
  function stops() {
    const words = document.querySelectorAll("[data-corrected]:not(:has(input:checked))");
    const open = [...groups.filter((group) => !isSettled(group)), ...words];
    return open.sort((one, other) => (isBehind(one, other) ? 1 : -1));
  }

  function isBehind(one, other) {
    return Boolean(other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  function placeOf(element) {
    return element.closest("[data-corrected]") || element.closest(".zw-value");
  }

  // The next one that is open; past the last one the first, and where none is left the end.
  function go(step) {
    const open = stops();
    const from = placeOf(document.activeElement) || here;
    const ahead = open.filter((stop) => {
      if (!from) return true;
      return step > 0 ? isBehind(stop, from) : isBehind(from, stop);
    });
    const stop = (ahead.length ? ahead : open).at(step > 0 ? 0 : -1);
    if (!stop) {
      document.getElementById("annahme").focus(); // not the button: the next key could press it
      return;
    }
    here = stop;
    const choice = stop.querySelector(".zw-word:not([data-corrected]) input");
    const field = choice || stop.querySelector("input, select, textarea");
    field.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "center" });
    const group = stop.closest(".zw-value");
    show(group);
    tell(group);
  }

  document.addEventListener("focusin", (event) => {
    const group = event.target.closest(".zw-value--doubt");
    if (!group || (here && group.contains(here))) return;
    here = placeOf(event.target);
    show(group);
  });
  document.addEventListener("input", count);
  document.addEventListener("change", count);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(event.shiftKey ? -1 : 1);
  });
  // A browser that comes back here has kept what was ticked.
  window.addEventListener("pageshow", count);
})();
