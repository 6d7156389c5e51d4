// Navigation in the log: arrow keys, mouse wheel, and dragging.

const pixelsPerEntry = 38;

/** The grid is a single tab stop; arrow keys move within it (the WAI-ARIA grid pattern). */
export function moveByKeys(view, table) {
  table.addEventListener("keydown", event => {
    const cell = event.target.closest("[data-index]");
    if (!cell || event.altKey || event.metaKey) return;
    const { nodeId, index } = view.active;
    if (event.key === "Enter" || event.key === " ") view.open(nodeId, index);
    else if (event.key === "Escape") view.close();
    else if (!walk(view, event, nodeId, index)) return;
    event.preventDefault();
  });
}

function walk(view, { key, ctrlKey }, nodeId, index) {
  const { from, to, last, count } = view.window;
  const names = view.nodeIds;
  const row = names.indexOf(nodeId);
  const goTo = (target, name = nodeId) => {
    view.focusOn(name, Math.min(Math.max(target, 1), last));
    return true;
  };
  switch (key) {
    case "ArrowLeft": return goTo(index - 1);
    case "ArrowRight": return goTo(index + 1);
    case "ArrowUp": return goTo(index, names[Math.max(row - 1, 0)]);
    case "ArrowDown": return goTo(index, names[Math.min(row + 1, names.length - 1)]);
    case "PageUp": return goTo(index - count);
    case "PageDown": return goTo(index + count);
    case "Home": return goTo(ctrlKey ? 1 : from);
    case "End": return goTo(ctrlKey ? last : to);
    default: return false;
  }
}

/** Dragging and the horizontal wheel scroll; a click without dragging opens the entry. */
export function moveByPointer(view, grid) {
  let drag = null;
  grid.addEventListener("pointerdown", event => {
    drag = event.button === 0 ? { x: event.clientX, moved: 0 } : null;
  });
  grid.addEventListener("pointermove", event => {
    if (!drag || event.buttons === 0) return;
    const entries = Math.trunc((drag.x - event.clientX) / pixelsPerEntry);
    if (entries === 0) return;
    drag = { x: event.clientX, moved: drag.moved + Math.abs(entries) };
    view.move(() => view.window.moveBy(entries));
  });
  grid.addEventListener("click", event => {
    const cell = event.target.closest("[data-index]");
    if (cell && !drag?.moved) openAt(view, cell);
  });
  let pending = 0;
  grid.addEventListener("wheel", event => {
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (sideways === 0) return;
    event.preventDefault();
    pending += sideways;
    const entries = Math.trunc(pending / pixelsPerEntry);
    pending -= entries * pixelsPerEntry;
    if (entries !== 0) view.move(() => view.window.moveBy(entries));
  }, { passive: false });
}

function openAt(view, cell) {
  const index = Number(cell.dataset.index);
  const row = cell.parentElement.sectionRowIndex;
  if (index <= view.window.last) view.open(view.nodeIds[row], index);
}
