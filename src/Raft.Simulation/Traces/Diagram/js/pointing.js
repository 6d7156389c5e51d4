// What is under the pointer.
import { isRoutine } from "./kinds.js";
import { barMiddle } from "./lanes.js";
import { messagesBetween } from "./messages.js";
import { AXIS_HEIGHT, BAR_ROW, FAULT_ROW, OPERATION_ROW } from "./view.js";

const NEAR = 7;

/** The object at a place in the diagram for `explain`, or null. Small objects take precedence. */
export function thingAt(view, x, y, hidden) {
  const t = view.t(x);
  const isAt = span => span.t <= t && t <= (span.until ?? view.run.end);
  const lane = view.lineAt(y);
  const isInBand = lane !== null && y >= lane.bandTop - 2 && y <= lane.bandBottom + 2;
  if (y < view.top) return view.between.find(f => isAt(f) && rowAt(y - AXIS_HEIGHT, FAULT_ROW) === f.row) ?? null;
  const note = lane?.labels.find(label => label.isNote && y <= lane.bandTop + 3 && Math.abs(view.x(label.t) - x) < 6);
  if (note) return { what: "note", machine: lane.name, text: note.text, t: note.t };
  if (isInBand && lane.isNode) return null;
  if (isInBand) return lane.operations.find(o => isAt(o) && rowAt(y - lane.bandTop, OPERATION_ROW) === o.row) ?? null;
  const bar = lane?.bars.find(other => isAt(other) && Math.abs(barMiddle(lane, other) - y) < BAR_ROW / 2);
  return messageAt(view, x, y, hidden) ?? bar?.fault ?? null;
}

const rowAt = (distance, height) => Math.floor(distance / height);

/** The nearest arrow of a message; of equally near ones, the one that is not routine. */
export function messageAt(view, x, y, hidden) {
  let best = null;
  let least = NEAR;
  for (const message of messagesBetween(view, view.t(x - NEAR), view.t(x + NEAR), hidden)) {
    const arrow = view.arrowOf(message);
    if (arrow === null) continue;
    const distance = distanceTo(arrow, x, y) + (isRoutine(message.kind) ? 2 : 0);
    if (distance >= least) continue;
    least = distance;
    best = message;
  }
  return best;
}

function distanceTo({ x1, y1, x2, y2 }, x, y) {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x1 + along * dx - x, y1 + along * dy - y);
}

/** The tooltip next to the pointer. */
export const tip = {
  show(x, y, { title, lines }) {
    const element = document.getElementById("tip");
    const heading = document.createElement("b");
    heading.textContent = title;
    element.replaceChildren(heading, document.createTextNode(lines.join("\n")));
    element.hidden = false;
    const box = element.getBoundingClientRect();
    element.style.left = Math.max(4, Math.min(x + 14, innerWidth - box.width - 8)) + "px";
    element.style.top = (y + 18 + box.height < innerHeight ? y + 18 : Math.max(4, y - box.height - 10)) + "px";
  },

  hide() {
    document.getElementById("tip").hidden = true;
  },
};
