/** Does the same with each, several at once, and yields the results in order. */
export const readAhead = async function* <Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for (const item of items) {
    const begun = work(item);
    // Whoever reads on hears of the failure; one that nobody reads any more must not end the process.
    begun.catch(() => undefined);
    underWay.push(begun);
    if (underWay.length < atOnce) continue;
    const next = underWay.shift();
    if (next !== undefined) yield await next;
  }
  for (const rest of underWay) yield await rest;
};
