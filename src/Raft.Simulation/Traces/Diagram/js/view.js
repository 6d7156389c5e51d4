// Maps times and lines of the run to pixels.
import { isBetween, stack } from "./spans.js";

export const GUTTER = 64;
export const AXIS_HEIGHT = 22;
export const FAULT_ROW = 16;
export const BAND = 16;
const LABEL_ROW = 13;
export const BAR_ROW = 12;
export const OPERATION_ROW = 17;

export class View {
  constructor(run, lines) {
    this.run = run;
    this.lines = lines;
    this.between = run.faults.filter(isBetween);
    this.betweenRows = stack(this.between, run.end);
    this.width = 800;
    this.showClients = true;
    this.margin = Math.max(1, run.end * 0.02);
    this.from = 0;
    this.to = run.end;
    this.byName = new Map(lines.map(line => [line.name, line]));
  }

  x(t) {
    return GUTTER + (t - this.from) / (this.to - this.from) * (this.width - GUTTER - 8);
  }

  t(x) {
    return this.from + (x - GUTTER) / (this.width - GUTTER - 8) * (this.to - this.from);
  }

  /** Shows the run from one time to another, clipped to the run; at least 20 microseconds. */
  show(from, to) {
    const span = Math.min(Math.max(to - from, 0.02), this.run.end + 2 * this.margin);
    const centre = (from + to) / 2;
    const first = Math.max(-this.margin, Math.min(centre - span / 2, this.run.end + this.margin - span));
    this.from = first;
    this.to = first + span;
  }

  showAll() {
    this.show(-this.margin / 2, this.run.end + this.margin / 2);
  }

  /** The violation, and a few seconds before it. */
  showViolation() {
    const { t } = this.run.violations[0];
    this.show(t - 3000, t + 200);
  }

  zoom(factor, t = (this.from + this.to) / 2) {
    this.show(t - (t - this.from) * factor, t + (this.to - t) * factor);
  }

  pan(ms) {
    this.show(this.from + ms, this.to + ms);
  }

  /** Moves so that a time is in view, if it is not. */
  reveal(t) {
    const span = this.to - this.from;
    if (t < this.from + span * 0.02) this.show(t - span * 0.25, t + span * 0.75);
    else if (t > this.to - span * 0.02) this.show(t - span * 0.75, t + span * 0.25);
  }

  /** Places every line; returns the total height. Nodes share the remaining height. */
  layOut(width, height) {
    this.width = width;
    this.top = AXIS_HEIGHT + this.betweenRows * FAULT_ROW + 4;
    const shown = this.lines.filter(line => line.isNode || this.showClients);
    const least = line => line.isNode
      ? LABEL_ROW + BAND + line.barRows * BAR_ROW + 8
      : Math.max(1, line.operationRows) * OPERATION_ROW + line.barRows * BAR_ROW + 10;
    const needed = this.top + shown.reduce((sum, line) => sum + least(line), 0) + 4;
    const nodes = shown.filter(line => line.isNode).length;
    const spare = Math.min(60, Math.max(0, (height - needed) / nodes));
    let y = this.top;
    for (const line of this.lines) {
      line.isShown = shown.includes(line);
      if (!line.isShown) continue;
      line.top = y;
      line.height = least(line) + (line.isNode ? spare : 0);
      line.bandTop = line.isNode ? y + LABEL_ROW + spare / 2 : y + 5;
      line.bandBottom = line.bandTop + (line.isNode ? BAND : Math.max(1, line.operationRows) * OPERATION_ROW - 2);
      y += line.height;
    }
    this.bottom = y;
    return y + 4;
  }

  /** The line at a height of the diagram, if there is one. */
  lineAt(y) {
    return this.lines.find(line => line.isShown && y >= line.top && y < line.top + line.height) ?? null;
  }

  /** The start and end of a message's arrow; null if one of its machines is not visible. */
  arrowOf(message) {
    const sender = this.byName.get(message.machine);
    const receiver = this.byName.get(message.to);
    if (!sender?.isShown || !receiver?.isShown) return null;
    const isDown = receiver.top > sender.top;
    const arrow = {
      x1: this.x(message.t), y1: isDown ? sender.bandBottom : sender.bandTop,
      x2: this.x(message.arrival ?? message.t + this.run.typicalDelay), y2: isDown ? receiver.bandTop : receiver.bandBottom,
    };
    // A message that did not arrive ends half-way.
    const way = message.fate === "lost" ? 0.6 : message.fate === "cut" ? 0.35 : 1;
    arrow.x2 = arrow.x1 + (arrow.x2 - arrow.x1) * way;
    arrow.y2 = arrow.y1 + (arrow.y2 - arrow.y1) * way;
    return arrow;
  }
}
