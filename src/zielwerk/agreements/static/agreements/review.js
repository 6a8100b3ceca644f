// From doubt to doubt with F8, back with Shift and F8. Without scripts the links do the same.
(() => {
  const doubts = [...document.querySelectorAll(".zw-value__doubt")];
  if (!doubts.length) return;
  const order = doubts.sort((a, b) => number(a) - number(b));
  let here = -1;

  function number(doubt) {
    return Number(doubt.id.replace("zweifel-", ""));
  }

  function open(doubt) {
    const settled = doubt.closest("fieldset").querySelector("input[name^='settled:']");
    return settled && !settled.checked;
  }

  function go(step) {
    for (let tried = 0; tried < order.length; tried += 1) {
      here = (here + step + order.length) % order.length;
      if (open(order[here])) break;
    }
    order[here].focus();
    order[here].closest("fieldset").scrollIntoView({ block: "center" });
  }

  document.addEventListener("focusin", (event) => {
    const group = event.target.closest(".zw-value--doubt");
    const doubt = group && group.querySelector(".zw-value__doubt");
    if (doubt) here = order.indexOf(doubt);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(event.shiftKey ? -1 : 1);
  });
})();
