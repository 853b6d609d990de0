/** Acts on each item, on at most `limit` at a time, and never reads far ahead. Rejects with the first failure, when all that was begun has ended. */
export const forEachBounded = async <Item>(
  items: AsyncIterable<Item>,
  limit: number,
  act: (item: Item) => Promise<void>,
): Promise<void> => {
  const running = new Set<Promise<void>>();
  try {
    for await (const item of items) {
      const task: Promise<void> = act(item).finally(() => running.delete(task));
      task.catch(() => undefined);
      running.add(task);
      if (running.size >= limit) await Promise.race(running);
    }
    await Promise.all(running);
  } finally {
    await Promise.allSettled(running);
  }
};
