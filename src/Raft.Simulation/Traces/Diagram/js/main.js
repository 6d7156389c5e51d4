// Combines the parts.
import { fillHeader } from "./banner.js";
import { listenToKeys, listenToOverview, listenToPointer } from "./input.js";
import { colors, readColors } from "./kinds.js";
import { paintGround, paintLines } from "./lanes.js";
import { fillLegend } from "./legend.js";
import { emphasize, paintMessages } from "./messages.js";
import { Run } from "./model.js";
import { MomentsList } from "./moments.js";
import { paintOverview } from "./overview.js";
import { FONT, hatches, line, prepare, widthOf, write } from "./paint.js";
import { messageAt, thingAt, tip } from "./pointing.js";
import { linesOf, turnsOf } from "./spans.js";
import { StatesTable } from "./states.js";
import { AXIS_HEIGHT, GUTTER, View } from "./view.js";
import { explain, seconds, wordsOf } from "./words.js";

/** The diagram and its state: the view, the moment and whether it is pinned, and what is hidden. */
class Diagram {
  constructor(run) {
    this.run = run;
    this.view = new View(run, linesOf(run));
    this.turns = turnsOf(run);
    // How clients find the leader seldom matters, and takes many messages.
    this.hidden = new Set(["finding"]);
    this.pinned = null;
    this.hovered = null;
    this.message = null;
    this.isWaiting = false;
    this.isCursorWaiting = false;
    this.states = new StatesTable(run);
    this.list = new MomentsList(run, order => this.pin(order));
  }

  /** Redraws everything with the next frame. */
  refresh() {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => {
      this.isWaiting = false;
      this.#paint();
    });
  }

  /** Redraws what depends on the pointer with the next frame, in which it may move many times. */
  refreshCursor() {
    if (this.isCursorWaiting) return;
    this.isCursorWaiting = true;
    requestAnimationFrame(() => {
      this.isCursorWaiting = false;
      this.#paintCursor();
    });
  }

  /** The current moment: the pinned one, otherwise that under the pointer. */
  get moment() {
    if (this.pinned !== null) return this.pinned;
    if (this.hovered !== null) return { t: this.hovered, order: this.run.momentAt(this.hovered) };
    return { t: this.last?.t ?? this.run.end, order: this.last?.order ?? this.run.moments.length - 1 };
  }

  look(x, y, event) {
    this.hovered = this.#timeAt(x);
    const thing = thingAt(this.view, x, y, this.hidden);
    this.message = thing?.what === "message" ? thing : null;
    if (thing === null) tip.hide();
    else tip.show(event.clientX, event.clientY, explain(thing));
    this.refreshCursor();
  }

  lookAway() {
    this.last = this.moment;
    this.hovered = null;
    this.message = null;
    tip.hide();
    this.refreshCursor();
  }

  /** Pins what is at a place: the nearer end of a message, otherwise the time. */
  pinAt(x, y) {
    const message = messageAt(this.view, x, y, this.hidden);
    const t = this.#timeAt(x);
    if (message === null) {
      this.pinned = { t, order: this.run.momentAt(t) };
    } else {
      const ends = this.run.moments.map((moment, order) => ({ moment, order })).filter(({ moment }) => moment.event === message);
      ends.sort((a, b) => Math.abs(a.moment.t - t) - Math.abs(b.moment.t - t));
      this.pinned = { t: ends[0].moment.t, order: ends[0].order };
    }
    this.refreshCursor();
  }

  /** Pins a moment and brings it into view. */
  pin(order) {
    if (this.run.moments.length === 0) return;
    const moment = this.run.moments[order];
    this.pinned = { t: moment.t, order };
    this.view.reveal(moment.t);
    document.getElementById("live").textContent = `${seconds(moment.t)} ${wordsOf(moment)}`;
    this.refresh();
  }

  unpin() {
    this.last = this.moment;
    this.pinned = null;
    this.refreshCursor();
  }

  /** Goes to the next or previous visible event. */
  step(direction) {
    const { order } = this.moment;
    for (let i = order + direction; i >= 0 && i < this.run.moments.length; i += direction) {
      if (this.isShown(this.run.moments[i])) return this.pin(i);
    }
  }

  /** Goes to the next or previous election, crash or fault. */
  turn(direction) {
    const { order } = this.moment;
    const next = direction > 0 ? this.turns.find(turn => turn.order > order) : this.turns.findLast(turn => turn.order < order);
    if (next !== undefined) this.pin(next.order);
  }

  /** Shows the violation, if there is one, without pinning it, so that the pointer still works. */
  open() {
    this.toViolation();
    this.last = this.pinned ?? undefined;
    this.pinned = null;
    if (this.last === undefined) this.all();
  }

  toViolation() {
    if (this.run.violations.length === 0) return;
    this.view.showViolation();
    this.pin(this.run.moments.findIndex(moment => moment.what === "violation"));
  }

  all() {
    this.view.showAll();
    this.refresh();
  }

  zoom(factor) {
    const { t } = this.moment;
    this.view.zoom(factor, t >= this.view.from && t <= this.view.to ? t : undefined);
    this.refresh();
  }

  move(ms) {
    this.view.pan(ms);
    this.refresh();
  }

  toggle(id) {
    if (!this.hidden.delete(id)) this.hidden.add(id);
    this.view.showClients = !this.hidden.has("clients");
    this.refresh();
  }

  isShown({ what, event }) {
    if (what !== "message" && what !== "arrival") return this.#isOnShow(event.machine);
    return !this.hidden.has(event.kind) && this.#isOnShow(event.machine) && this.#isOnShow(event.to);
  }

  #isOnShow(machine) {
    return this.view.byName.get(machine)?.isShown ?? true;
  }

  #timeAt(x) {
    return Math.max(0, Math.min(this.view.t(x), this.run.end));
  }

  #paint() {
    const scroller = document.getElementById("scroller");
    this.height = this.view.layOut(scroller.clientWidth, scroller.clientHeight);
    document.getElementById("stack").style.height = this.height + "px";
    const ctx = prepare(document.getElementById("plot"), this.view.width, this.height);
    paintGround(ctx, this.view);
    ctx.save();
    ctx.beginPath();
    ctx.rect(GUTTER, AXIS_HEIGHT, this.view.width, this.height);
    ctx.clip();
    paintMessages(ctx, this.view, this.hidden);
    ctx.restore();
    paintLines(ctx, this.view);
    this.#paintCursor();
  }

  #paintCursor() {
    const { t, order } = this.moment;
    const isPinned = this.pinned !== null;
    const ctx = prepare(document.getElementById("cursor"), this.view.width, this.height);
    const current = isPinned ? this.run.moments[order] : undefined;
    if (current?.t === t && (current.what === "message" || current.what === "arrival")) emphasize(ctx, this.view, current.event);
    if (this.message !== null) emphasize(ctx, this.view, this.message);
    if (isPinned && this.hovered !== null) this.#paintTime(ctx, this.hovered, colors.muted, [2, 3]);
    this.#paintTime(ctx, t, colors.focus, isPinned ? [] : [5, 3]);
    const lane = this.view.byName.get(current?.machine);
    if (current?.t === t && lane?.isShown) {
      ctx.strokeStyle = colors.focus;
      ctx.lineWidth = 2.5;
      ctx.beginPath();
      ctx.arc(this.view.x(t), (lane.bandTop + lane.bandBottom) / 2, 6, 0, 7);
      ctx.stroke();
    }
    paintOverview(document.getElementById("overview"), this.view, t);
    this.states.show(order, t, isPinned);
    this.list.show(order, moment => this.isShown(moment));
    document.getElementById("unpin-button").disabled = !isPinned;
  }

  #paintTime(ctx, t, color, dash) {
    const x = this.view.x(t);
    if (x < GUTTER || x > this.view.width) return;
    line(ctx, x, AXIS_HEIGHT, x, this.view.bottom, color, 1.5, dash);
    const width = widthOf(ctx, seconds(t), ` 11px ${FONT}`);
    const left = Math.max(GUTTER, Math.min(x - width / 2, this.view.width - width - 4));
    write(ctx, seconds(t), left, this.view.bottom - 6, { color, back: colors.bg });
  }
}

const run = new Run(JSON.parse(document.getElementById("trace").textContent));
readColors();
fillHeader(run);
const diagram = new Diagram(run);
fillLegend(run, diagram.hidden, id => diagram.toggle(id));
listenToPointer(document.getElementById("cursor"), diagram);
listenToOverview(document.getElementById("overview"), diagram);
listenToKeys(diagram);
document.getElementById("violation-button").hidden = run.violations.length === 0;
diagram.open();
new ResizeObserver(() => diagram.refresh()).observe(document.getElementById("scroller"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  readColors();
  hatches.clear();
  diagram.refresh();
});
