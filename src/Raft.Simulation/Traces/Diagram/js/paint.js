// Drawing primitives.
import { GUTTER } from "./view.js";

export const FONT = "system-ui, 'Segoe UI', sans-serif";

/** Resizes a canvas to its place at the resolution of the screen, and clears it. */
export function prepare(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  const w = Math.round(width * scale);
  const h = Math.round(height * scale);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = width + "px";
    canvas.style.height = height + "px";
  }
  const ctx = canvas.getContext("2d");
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.clearRect(0, 0, width, height);
  return ctx;
}

const widths = new Map();

/** The width of a text; cached, because measuring is slow. */
export function widthOf(ctx, text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    ctx.font = font;
    width = ctx.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/** Writes as much of a text as fits; returns its width, 0 if not even a few letters fit. */
export function write(ctx, text, x, y, { color, size = 11, weight = "", room = Infinity, back = null }) {
  const font = `${weight} ${size}px ${FONT}`;
  let shown = text;
  let width = widthOf(ctx, shown, font);
  if (width > room) {
    const letters = Math.floor(shown.length * room / width) - 1;
    if (letters < 3) return 0;
    shown = shown.slice(0, letters) + "\u2026";
    width = widthOf(ctx, shown, font);
  }
  if (back !== null) {
    ctx.fillStyle = back;
    ctx.fillRect(x - 2, y - size / 2 - 1, width + 4, size + 2);
  }
  ctx.font = font;
  ctx.fillStyle = color;
  ctx.textBaseline = "middle";
  ctx.fillText(shown, x, y);
  return width;
}

export const hatches = new Map();

/** Stripes of one colour on a transparent background. */
export function hatch(ctx, color, isFalling) {
  const key = color + isFalling;
  if (!hatches.has(key)) {
    const tile = new OffscreenCanvas(8, 8);
    const t = tile.getContext("2d");
    t.strokeStyle = color;
    t.lineWidth = 1.6;
    for (const shift of [-8, 0, 8]) {
      t.moveTo(shift, isFalling ? 0 : 8);
      t.lineTo(shift + 8, isFalling ? 8 : 0);
    }
    t.stroke();
    hatches.set(key, ctx.createPattern(tile, "repeat"));
  }
  return hatches.get(key);
}

export function line(ctx, x1, y1, x2, y2, color, width = 1, dash = []) {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** A cross as a path. */
export function cross(ctx, x, y, size) {
  ctx.moveTo(x - size, y - size);
  ctx.lineTo(x + size, y + size);
  ctx.moveTo(x - size, y + size);
  ctx.lineTo(x + size, y - size);
}

export function diamond(ctx, x, y, size, color) {
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.moveTo(x, y - size);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y + size);
  ctx.lineTo(x - size, y);
  ctx.fill();
}

/** The visible part of a span in pixels: its start and width; null if it is not in view. */
export function clip(view, t, until) {
  const x1 = Math.max(view.x(t), GUTTER);
  const x2 = Math.min(view.x(Math.min(until, view.run.end)), view.width);
  return x2 < GUTTER || x1 > view.width ? null : { x: x1, width: Math.max(1.5, x2 - x1), isBegin: view.x(t) >= GUTTER };
}
