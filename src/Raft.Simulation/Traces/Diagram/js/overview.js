// The overview of the whole run: roles, faults, violation, and the part in view.
import { colors } from "./kinds.js";
import { line, prepare, write } from "./paint.js";
import { GUTTER } from "./view.js";

const OVERVIEW_HEIGHT = 44;

/** Draws the overview. Every move redraws it, so it contains only the few marks that matter. */
export function paintOverview(canvas, view, cursor) {
  const width = canvas.parentElement.clientWidth;
  const height = OVERVIEW_HEIGHT;
  const ctx = prepare(canvas, width, height);
  const x = t => overviewX(view, width, t);
  for (const fault of view.between) {
    ctx.fillStyle = colors["fault-bar"];
    ctx.fillRect(x(fault.t), 0, Math.max(1, x(Math.min(fault.until, view.run.end)) - x(fault.t)), height);
  }
  const nodes = view.lines.filter(lane => lane.isNode);
  const row = (height - 6) / nodes.length;
  nodes.forEach((lane, i) => {
    for (const span of lane.spans) {
      ctx.fillStyle = colors[span.role === "down" ? "down-line" : span.role === "starting" ? "down" : span.role];
      ctx.fillRect(x(span.t), 3 + i * row, Math.max(0.7, x(span.until) - x(span.t)), Math.max(1, row - 1.5));
    }
  });
  for (const violation of view.run.violations) line(ctx, x(violation.t), 0, x(violation.t), height, colors.bad, 2);
  if (cursor !== null) line(ctx, x(cursor), 0, x(cursor), height, colors.focus, 1);
  const left = x(view.from);
  const right = x(view.to);
  ctx.fillStyle = colors.bg;
  ctx.globalAlpha = 0.55;
  ctx.fillRect(GUTTER, 0, left - GUTTER, height);
  ctx.fillRect(right, 0, width - right, height);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colors.focus;
  ctx.lineWidth = 2;
  ctx.strokeRect(left, 1, Math.max(3, right - left), height - 2);
  write(ctx, "whole run", 4, height / 2, { color: colors.muted, size: 10.5 });
}

function overviewX(view, width, t) {
  return GUTTER + (Math.max(-view.margin, Math.min(t, view.run.end + view.margin)) + view.margin)
    / (view.run.end + 2 * view.margin) * (width - GUTTER - 8);
}

/** The time at a place in the overview. */
export function overviewTime(view, width, x) {
  return (x - GUTTER) / (width - GUTTER - 8) * (view.run.end + 2 * view.margin) - view.margin;
}
