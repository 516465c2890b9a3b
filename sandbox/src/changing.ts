import { EventEmitter } from 'node:events';

/** Something that tells of its changes. */
export class Changing {
  readonly #changes = new EventEmitter().setMaxListeners(0);

  /** Calls `listener` after every change until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  protected changed(): void {
    this.#changes.emit('change');
  }
}
