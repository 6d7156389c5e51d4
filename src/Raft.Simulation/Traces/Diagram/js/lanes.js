// The lines of the machines and the time axis, with everything on them.
import { colors } from "./kinds.js";
import { upperBound } from "./model.js";
import { clip, diamond, FONT, hatch, line, widthOf, write } from "./paint.js";
import { isPause } from "./spans.js";
import { AXIS_HEIGHT, BAND, BAR_ROW, FAULT_ROW, GUTTER, OPERATION_ROW } from "./view.js";
import { faultName, seconds } from "./words.js";

/** Draws what is below the messages: the grid of the axis, the areas and bars of faults. */
export function paintGround(ctx, view) {
  paintAxis(ctx, view);
  for (const fault of view.between) {
    const span = clip(view, fault.t, fault.until);
    if (span === null) continue;
    ctx.fillStyle = colors["fault-area"];
    ctx.fillRect(span.x, view.top, span.width, view.bottom - view.top);
    line(ctx, span.x, view.top, span.x, view.bottom, colors.fault, 1, [2, 3]);
    line(ctx, span.x + span.width, view.top, span.x + span.width, view.bottom, colors.fault, 1, [2, 3]);
  }
  for (const lane of view.lines) {
    if (!lane.isShown) continue;
    for (const bar of lane.bars) {
      const span = clip(view, bar.t, bar.until);
      if (span === null) continue;
      ctx.fillStyle = colors.fault;
      ctx.globalAlpha = 0.75;
      ctx.fillRect(span.x, barMiddle(lane, bar) - 1.5, span.width, 3);
      ctx.globalAlpha = 1;
    }
  }
}

export const barMiddle = (lane, bar) => lane.bandBottom + 4 + BAR_ROW * (bar.row + 0.5);

/** Draws what is above the messages: bands, operations, names and texts. */
export function paintLines(ctx, view) {
  for (const lane of view.lines) {
    if (!lane.isShown) continue;
    if (lane.isNode) paintRoles(ctx, view, lane);
    else paintOperations(ctx, view, lane);
    paintPauses(ctx, view, lane);
    for (const role of lane.spans) paintRoleName(ctx, view, lane, role);
    for (const bar of lane.bars) {
      const span = clip(view, bar.t, bar.until);
      if (span === null) continue;
      write(ctx, bar.text, span.x + 3, barMiddle(lane, bar),
        { color: colors["fault-text"], size: 10, room: span.width - 6, back: colors["fault-bar"] });
    }
    paintLabels(ctx, view, lane);
  }
  paintFaultNames(ctx, view);
  paintViolations(ctx, view);
  paintNames(ctx, view);
}

function paintAxis(ctx, view) {
  const perPixel = (view.to - view.from) / (view.width - GUTTER);
  const power = 10 ** Math.floor(Math.log10(perPixel * 90));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= perPixel * 90);
  const decimals = Math.min(5, Math.max(0, 3 - Math.floor(Math.log10(step) + 1e-9)));
  for (let i = Math.ceil(Math.max(view.from, 0) / step); i * step <= Math.min(view.to, view.run.end); i++) {
    const x = view.x(i * step);
    line(ctx, x, AXIS_HEIGHT - 4, x, view.bottom, colors.line);
    write(ctx, seconds(i * step, decimals), x + 3, 10, { color: colors.muted });
  }
  line(ctx, 0, AXIS_HEIGHT, view.width, AXIS_HEIGHT, colors.line);
}

function paintRoles(ctx, view, lane) {
  const middle = (lane.bandTop + lane.bandBottom) / 2;
  line(ctx, Math.max(GUTTER, view.x(0)), middle, Math.min(view.x(view.run.end), view.width), middle, colors.muted, 1, [1, 3]);
  for (const role of lane.spans) {
    const span = clip(view, role.t, role.until);
    if (span === null) continue;
    const isOff = role.role === "down" || role.role === "starting";
    ctx.fillStyle = colors[isOff ? "down" : role.role];
    ctx.fillRect(span.x, lane.bandTop, span.width, BAND);
    if (role.role === "down") {
      ctx.fillStyle = hatch(ctx, colors["down-line"], false);
      ctx.fillRect(span.x, lane.bandTop, span.width, BAND);
    }
    if (!span.isBegin) continue;
    line(ctx, span.x, lane.bandTop - 2, span.x, lane.bandBottom + 2, colors.text, role.role === "down" ? 2.5 : 1);
  }
}

/** Writes the state of a node on its band, in the longest form that fits. */
function paintRoleName(ctx, view, lane, role) {
  const span = clip(view, role.t, role.until);
  if (span === null || span.width < 8) return;
  const isOff = role.role === "down" || role.role === "starting";
  const style = {
    color: colors[isOff ? "down-text" : role.role + "-text"], back: colors[isOff ? "down" : role.role],
    weight: role.role === "leader" ? "600" : "", room: span.width - 6,
  };
  const forms = {
    down: [`\u2715 down: ${role.why}`, "\u2715 down", "\u2715"], starting: ["starting"],
  }[role.role] ?? [`${role.role} \u00b7 term ${role.term}`, `term ${role.term}`, `T${role.term}`, `${role.term}`];
  const form = forms.find(text => widthOf(ctx, text, `${style.weight} 11px ${FONT}`) <= style.room);
  if (form !== undefined) write(ctx, form, span.x + 4, (lane.bandTop + lane.bandBottom) / 2, style);
}

function paintPauses(ctx, view, lane) {
  for (const { fault } of lane.bars) {
    const span = fault.machine === lane.name && isPause(fault) ? clip(view, fault.t, fault.until) : null;
    if (span === null) continue;
    ctx.fillStyle = hatch(ctx, colors["pause-line"], true);
    ctx.fillRect(span.x, lane.bandTop, span.width, lane.bandBottom - lane.bandTop);
  }
}

const BAD_OUTCOME = /unknown|time|overload|refus|fail|error|not /i;

function paintOperations(ctx, view, lane) {
  for (const operation of lane.operations) {
    const span = clip(view, operation.t, operation.until ?? view.run.end);
    if (span === null) continue;
    const y = lane.bandTop + operation.row * OPERATION_ROW;
    const color = colors[operation.until === null ? "muted" : BAD_OUTCOME.test(operation.outcome) ? "vote" : "request"];
    ctx.globalAlpha = 0.18;
    ctx.fillStyle = color;
    ctx.fillRect(span.x, y, span.width, OPERATION_ROW - 3);
    ctx.globalAlpha = 1;
    const dash = operation.until === null ? [4, 3] : [];
    line(ctx, span.x, y + OPERATION_ROW - 3, span.x + span.width, y + OPERATION_ROW - 3, color, 1.5, dash);
    if (span.isBegin) line(ctx, span.x, y, span.x, y + OPERATION_ROW - 2, color, 1.5);
    const end = operation.until === null ? "\u2026 never ended" : operation.outcome;
    const text = `${operation.call} \u21d2 ${end}`;
    write(ctx, text, span.x + 4, y + OPERATION_ROW / 2 - 1, { color: colors.text, size: 10.5, room: span.width - 6 });
  }
}

/** Writes as many texts above a line as fit: notes first, then votes, entries, commits. */
function paintLabels(ctx, view, lane) {
  const first = upperBound(lane.labels, view.from, label => label.t);
  const visible = lane.labels.slice(first, upperBound(lane.labels, view.to, label => label.t));
  const y = lane.bandTop - 8;
  const taken = [];
  const isFree = (from, to) => taken.every(other => to < other.from || from > other.to);
  const few = visible.length > 400 ? visible.filter(label => label.isNote) : visible;
  for (const label of [...few].sort((a, b) => a.rank - b.rank || a.t - b.t).slice(0, 400)) {
    const x = view.x(label.t);
    if (label.isNote) diamond(ctx, x, lane.bandTop - 2, 4, colors.denied);
    else line(ctx, x, lane.bandTop - 2, x, lane.bandTop + 3, colors.text);
    const width = Math.min(widthOf(ctx, label.text, `10px ${FONT}`), 260);
    if (x + width > view.width || !isFree(x - 6, x + width + 8)) continue;
    taken.push({ from: x - 6, to: x + width + 8 });
    write(ctx, label.text, x + (label.isNote ? 6 : 1), y,
      { color: label.isNote ? colors.denied : colors.text, size: 10, room: 260, back: colors.bg });
  }
}

function paintFaultNames(ctx, view) {
  for (const fault of view.between) {
    const span = clip(view, fault.t, fault.until);
    if (span === null) continue;
    const y = AXIS_HEIGHT + 2 + fault.row * FAULT_ROW;
    ctx.fillStyle = colors["fault-bar"];
    ctx.fillRect(span.x, y, span.width, FAULT_ROW - 2);
    line(ctx, span.x, y, span.x, y + FAULT_ROW - 2, colors.fault, 2);
    const text = faultName(fault);
    write(ctx, text, span.x + 5, y + FAULT_ROW / 2 - 1, { color: colors["fault-text"], room: span.width - 8 });
  }
}

function paintViolations(ctx, view) {
  for (const violation of view.run.violations) {
    const x = view.x(violation.t);
    if (x < GUTTER || x > view.width) continue;
    line(ctx, x, 0, x, view.bottom, colors.bad, 5);
    const width = widthOf(ctx, "violation", `600 11px ${FONT}`);
    const style = { color: colors.bad, weight: "600", back: colors["bad-surface"] };
    write(ctx, "violation", x + width + 9 < view.width ? x + 5 : x - width - 5, 10, style);
    const lane = view.byName.get(violation.machine);
    if (lane?.isShown !== true) continue;
    ctx.strokeStyle = colors.bad;
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    ctx.arc(x, (lane.bandTop + lane.bandBottom) / 2, 13, 0, 7);
    ctx.stroke();
  }
}

function paintNames(ctx, view) {
  ctx.fillStyle = colors.bg;
  ctx.fillRect(0, AXIS_HEIGHT + 1, GUTTER - 2, view.bottom);
  ctx.fillRect(0, 0, GUTTER - 2, AXIS_HEIGHT - 1);
  write(ctx, "time", 8, 10, { color: colors.muted });
  if (view.betweenRows > 0) write(ctx, "network", 8, AXIS_HEIGHT + 9, { color: colors.muted });
  for (const lane of view.lines) {
    if (!lane.isShown) continue;
    const style = lane.isNode ? { color: colors.text, size: 14, weight: "600" } : { color: colors.muted, size: 12 };
    write(ctx, lane.name, 8, (lane.bandTop + lane.bandBottom) / 2, { ...style, room: GUTTER - 12 });
  }
}
