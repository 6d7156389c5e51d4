// The visible part of the log.

/** A window over the indexes 1 to last. It follows the end unless it was moved back. */
export class LogWindow {
  count = 1;
  last = 0;
  isFollowing = true;
  #end = 0;

  get from() {
    return Math.max(1, this.#end - this.count + 1);
  }

  get to() {
    return this.from + this.count - 1;
  }

  /** Sets the new end of the log. A window that was moved back stays where it is. */
  grow(last, isHeld) {
    this.last = last;
    if (this.isFollowing && !isHeld) this.#end = last;
    this.#end = Math.min(Math.max(this.#end, Math.min(this.count, last)), last);
  }

  moveBy(entries) {
    this.showEnd(this.#end + entries);
  }

  /** Moves the end of the window to an index. At the end of the log it follows again. */
  showEnd(index) {
    this.#end = Math.min(Math.max(index, Math.min(this.count, this.last)), this.last);
    this.isFollowing = this.#end === this.last;
  }

  /** Moves just far enough to show an index. */
  show(index) {
    if (index < this.from) this.showEnd(index + this.count - 1);
    else if (index > this.to) this.showEnd(index);
  }
}
