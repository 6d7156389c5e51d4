// Which part of the log is shown.

/** A window over indexes 1 to last; it follows the end unless it was moved back. */
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

  /** Takes the log's new end; a window that is held stays where it is. */
  grow(last, isHeld) {
    this.last = last;
    if (this.isFollowing && !isHeld) this.#end = last;
    this.#end = Math.min(Math.max(this.#end, Math.min(this.count, last)), last);
  }

  moveBy(entries) {
    this.showEnd(this.#end + entries);
  }

  /** Ends the window at an index; at the log's end it follows again. */
  showEnd(index) {
    this.#end = Math.min(Math.max(index, Math.min(this.count, this.last)), this.last);
    this.isFollowing = this.#end === this.last;
  }

  /** Moves as little as it takes to show an index. */
  show(index) {
    if (index < this.from) this.showEnd(index + this.count - 1);
    else if (index > this.to) this.showEnd(index);
  }
}
