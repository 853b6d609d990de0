import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets calls begin one after the other, so many milliseconds apart: an account has one quota for everybody, and whoever only
 * looks must leave most of it to those who work.
 */
export const spaced = <Parameters extends readonly unknown[], Result>(
  milliseconds: number,
  call: (...parameters: Parameters) => Promise<Result>,
): ((...parameters: Parameters) => Promise<Result>) => {
  let turn: Promise<unknown> = Promise.resolve();
  return (...parameters) => {
    const mine = turn;
    turn = mine.then(() => sleep(milliseconds));
    return mine.then(() => call(...parameters));
  };
};
