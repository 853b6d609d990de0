import Table from 'cli-table3';
import { visible } from './visible-text.ts';

/** The name of something and what it is. */
export type Fact = readonly [name: string, value: string];

/** Facts below each other. What they say may come from a device: nothing in it reaches the terminal but what can be seen. */
export const factTable = (facts: readonly Fact[]): string => {
  const table = new Table({ style: { head: [], border: [] } });
  for (const [name, value] of facts) table.push({ [visible(name)]: visible(value) });
  return table.toString();
};
