// The review: F8 leads from doubt to doubt, in the text and in the form at once; what is settled is
// counted while one works. Without scripts the links lead there, and sending counts.
(() => {
  const groups = [...document.querySelectorAll(".zw-value--doubt")];
  if (!groups.length) return;
  const counters = document.querySelectorAll("[data-settled]");
  const start = document.querySelector("[data-doubt-start]");
  const before = new Map(fieldsOf(document).map((field) => [field, stand(field)]));
  let here = -1;

  function fieldsOf(part) {
    return [...part.querySelectorAll(".zw-value :is(input, select, textarea)")];
  }

  function stand(field) {
    return field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value;
  }

  // Ticked, or corrected: whoever corrects a value has looked at it.
  function isSettled(group) {
    return [...group.querySelectorAll("input, select, textarea")].some((field) =>
      field.name.startsWith("settled:") ? field.checked : before.get(field) !== stand(field),
    );
  }

  // Where places overlap, one mark leads to several groups; this is the group's own.
  function markOf(group) {
    return document.getElementById(group.id.replace(/^wert-/, "text-"));
  }

  function count() {
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
    for (const counter of counters) {
      const settled = String(groups.length - open.length);
      if (counter.textContent !== settled) counter.textContent = settled;
    }
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
    const away = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += away - text.clientHeight / 2;
  }

  // Where the focus goes, the group's name is told; why it is doubted and what the text says is told here.
  function tell(group) {
    const told = group.querySelectorAll(".zw-value__reason, .zw-value__quote");
    document
      .getElementById("ansage")
      .replaceChildren(...[...told].map((part) => part.cloneNode(true)));
  }

  function go(step) {
    for (let tried = 0; tried < groups.length; tried += 1) {
      here = (here + step + groups.length) % groups.length;
      if (!isSettled(groups[here])) break;
    }
    const group = groups[here];
    group.querySelector("input, select, textarea").focus({ preventScroll: true });
    group.scrollIntoView({ block: "center" });
    show(group);
    tell(group);
  }

  document.addEventListener("focusin", (event) => {
    const group = event.target.closest(".zw-value--doubt");
    if (!group || groups[here] === group) return;
    here = groups.indexOf(group);
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
