import type { Terminal } from '../output/terminal.ts';

const EVERY_MS = 100;

/** Shows how far something is where somebody looks, several times a second, and nothing at the end. */
export const progressOn = ({ progress }: Pick<Terminal, 'progress'>, what: string): ((done: number, total: number) => void) => {
  let shownAt = -Infinity;
  return (done, total) => {
    const now = performance.now();
    if (done === total) progress('');
    else if (now - shownAt >= EVERY_MS) {
      progress(`${done} of ${total} ${what}`);
      shownAt = now;
    }
  };
};
