// Messages as arrows.
import { colors, isRoutine } from "./kinds.js";
import { upperBound } from "./model.js";
import { cross, line, write } from "./paint.js";

const FEW_MESSAGES = 60;
const MANY_MESSAGES = 2500;

/** The visible messages that are in flight at some time in an interval. */
export function messagesBetween(view, from, to, hidden) {
  const { messages, longestDelay } = view.run;
  const first = upperBound(messages, from - longestDelay - 1e-6, m => m.t);
  const found = [];
  for (let i = first; i < messages.length && messages[i].t <= to; i++) {
    const m = messages[i];
    if (!hidden.has(m.kind) && (m.arrival ?? m.t + view.run.typicalDelay) >= from) found.push(m);
  }
  return found;
}

/** Draws all messages in view: heartbeats first, so that the others are above them. */
export function paintMessages(ctx, view, hidden) {
  const messages = messagesBetween(view, view.from, view.to, hidden);
  const strokes = new Map();
  const isCrowded = messages.length > MANY_MESSAGES;
  for (const message of messages) {
    const arrow = view.arrowOf(message);
    if (arrow === null) continue;
    const isLost = message.fate !== "delivered";
    const key = message.kind + isLost;
    if (!strokes.has(key)) strokes.set(key, { kind: message.kind, isLost, arrows: [], places: new Set() });
    const stroke = strokes.get(key);
    if (isCrowded && isTaken(stroke.places, arrow)) continue;
    arrow.message = message;
    stroke.arrows.push(arrow);
  }
  const rank = stroke => isRoutine(stroke.kind) ? 0 : stroke.isLost ? 2 : 1;
  for (const stroke of [...strokes.values()].sort((a, b) => rank(a) - rank(b))) paintArrows(ctx, stroke, messages.length);
  if (messages.filter(m => !isRoutine(m.kind)).length <= FEW_MESSAGES) nameArrows(ctx, view, [...strokes.values()]);
  return messages.length;
}

/** If thousands are in view, arrows of the same kind on the same 2 x 2 pixels are drawn once. */
function isTaken(places, { x1, x2, y1, y2 }) {
  const place = [x1, x2, y1, y2].reduce((key, pixel) => key * 4096 + Math.max(0, Math.min(4095, pixel >> 1)), 0);
  if (places.has(place)) return true;
  places.add(place);
  return false;
}

function paintArrows(ctx, { kind, isLost, arrows }, total) {
  const isFaint = isRoutine(kind);
  ctx.globalAlpha = total > MANY_MESSAGES ? (isFaint ? 0.12 : 0.3) : total > 600 ? 0.7 : 1;
  ctx.strokeStyle = ctx.fillStyle = colors[kind];
  ctx.lineWidth = isFaint ? 0.9 : total > 600 ? 1.1 : 1.5;
  ctx.setLineDash(isLost && total <= MANY_MESSAGES ? [5, 4] : []);
  ctx.beginPath();
  for (const { x1, y1, x2, y2 } of arrows) {
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
  }
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  if (isLost) {
    for (const { x2, y2 } of arrows) cross(ctx, x2, y2, isFaint ? 2.5 : 4);
    ctx.lineWidth = isFaint ? 1 : 2;
    ctx.stroke();
  } else if (total <= MANY_MESSAGES) {
    for (const arrow of arrows) head(ctx, arrow, isFaint ? 5 : 7);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

/** An arrow's head as a path. */
function head(ctx, { x1, y1, x2, y2 }, size) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const dx = (x2 - x1) / length;
  const dy = (y2 - y1) / length;
  ctx.moveTo(x2, y2);
  ctx.lineTo(x2 - size * dx + size * 0.4 * dy, y2 - size * dy - size * 0.4 * dx);
  ctx.lineTo(x2 - size * dx - size * 0.4 * dy, y2 - size * dy + size * 0.4 * dx);
}

/** Labels flat arrows: before the receiver's line for requests, after the sender's line for answers. */
function nameArrows(ctx, view, strokes) {
  for (const { kind, arrows } of strokes) {
    for (const arrow of arrows) {
      const { message, x1, y1, x2, y2 } = arrow;
      if (Math.abs(x2 - x1) < 0.6 * Math.abs(y2 - y1)) continue;
      const length = Math.hypot(x2 - x1, y2 - y1);
      const isAtStart = ANSWERS.includes(kind) || message.fate !== "delivered";
      const part = gapAt(view, isAtStart ? message.machine : message.to, isAtStart ? y2 > y1 : y1 > y2) / Math.abs(y2 - y1);
      const room = Math.min(1, part) * length - 34;
      if (room < 60) continue;
      ctx.save();
      ctx.translate(x1, y1);
      ctx.rotate(Math.atan2(y2 - y1, x2 - x1));
      const text = isRoutine(kind) ? message.type : `${message.type} ${message.detail}`;
      const start = isAtStart ? 18 : length - room - 14;
      write(ctx, text, start, -7, { color: colors[isRoutine(kind) ? "muted" : kind], size: 10, room });
      ctx.restore();
    }
  }
}

const ANSWERS = ["granted", "denied", "accepted", "rejected", "reply"];

/** The distance from a machine's band to the next one, downwards or upwards. */
function gapAt(view, machine, isBelow) {
  const shown = view.lines.filter(lane => lane.isShown);
  const lane = view.byName.get(machine);
  const next = shown[shown.indexOf(lane) + (isBelow ? 1 : -1)];
  if (next === undefined) return 0;
  return isBelow ? next.bandTop - lane.bandBottom : lane.bandTop - next.bandBottom;
}

/** Highlights a message. */
export function emphasize(ctx, view, message) {
  const arrow = view.arrowOf(message);
  if (arrow === null) return;
  line(ctx, arrow.x1, arrow.y1, arrow.x2, arrow.y2, colors.bg, 6);
  line(ctx, arrow.x1, arrow.y1, arrow.x2, arrow.y2, colors[message.kind], 3.5, message.fate === "delivered" ? [] : [6, 4]);
  ctx.fillStyle = colors[message.kind];
  ctx.beginPath();
  if (message.fate === "delivered") {
    head(ctx, arrow, 11);
    ctx.fill();
  } else {
    cross(ctx, arrow.x2, arrow.y2, 5);
    ctx.stroke();
  }
}
