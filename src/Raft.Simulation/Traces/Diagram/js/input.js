// Pointer and keys.
import { overviewTime } from "./overview.js";
import { tip } from "./pointing.js";
import { GUTTER } from "./view.js";

/** The wheel zooms, dragging moves, a click pins, hovering shows details. */
export function listenToPointer(canvas, diagram) {
  let drag = null;
  const place = event => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener("wheel", event => {
    event.preventDefault();
    const { view } = diagram;
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (isSideways) view.pan((event.deltaX || event.deltaY) / view.width * (view.to - view.from));
    else view.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 250), view.t(place(event).x));
    diagram.lookAway();
    diagram.refresh();
  }, { passive: false });
  canvas.addEventListener("pointerdown", event => {
    if (event.button !== 0) return;
    drag = { ...place(event), from: diagram.view.from, to: diagram.view.to, isMoved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", event => {
    const { x, y } = place(event);
    if (drag === null) return diagram.look(x, y, event);
    if (Math.abs(x - drag.x) > 4) drag.isMoved = true;
    if (!drag.isMoved) return;
    canvas.classList.add("dragging");
    tip.hide();
    const ms = (drag.x - x) / (diagram.view.width - GUTTER - 8) * (drag.to - drag.from);
    diagram.view.show(drag.from + ms, drag.to + ms);
    diagram.refresh();
  });
  canvas.addEventListener("pointerup", event => {
    if (drag !== null && !drag.isMoved) diagram.pinAt(place(event).x, place(event).y);
    drag = null;
    canvas.classList.remove("dragging");
  });
  canvas.addEventListener("pointercancel", () => { drag = null; });
  canvas.addEventListener("pointerleave", () => diagram.lookAway());
}

/** In the overview of the whole run, pressing and dragging moves the view. */
export function listenToOverview(canvas, diagram) {
  const move = event => {
    const { view } = diagram;
    const t = overviewTime(view, canvas.clientWidth, event.clientX - canvas.getBoundingClientRect().left);
    const half = (view.to - view.from) / 2;
    view.show(t - half, t + half);
    diagram.refresh();
  };
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    move(event);
  });
  canvas.addEventListener("pointermove", event => { if (event.buttons & 1) move(event); });
}

export function listenToKeys(diagram) {
  const quarter = () => (diagram.view.to - diagram.view.from) / 4;
  const actions = {
    ArrowLeft: event => event.shiftKey ? diagram.move(-quarter()) : diagram.step(-1),
    ArrowRight: event => event.shiftKey ? diagram.move(quarter()) : diagram.step(1),
    "+": () => diagram.zoom(1 / 1.5), "=": () => diagram.zoom(1 / 1.5), "-": () => diagram.zoom(1.5),
    p: () => diagram.turn(-1), n: () => diagram.turn(1), v: () => diagram.toViolation(), 0: () => diagram.all(),
    Home: () => diagram.pin(0), End: () => diagram.pin(diagram.run.moments.length - 1), Escape: () => diagram.unpin(),
  };
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in actions)) return;
    event.preventDefault();
    actions[event.key](event);
  });
  const buttons = {
    "violation-button": "v", "all-button": "0", "out-button": "-", "in-button": "+", "before-mark-button": "p",
    "before-button": "ArrowLeft", "after-button": "ArrowRight", "after-mark-button": "n", "unpin-button": "Escape",
  };
  for (const [id, key] of Object.entries(buttons)) {
    document.getElementById(id).addEventListener("click", () => actions[key]({ shiftKey: false }));
  }
}
