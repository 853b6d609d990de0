import type { BehaviourId } from '../../local/iot/behaviour/behaviour.ts';

type Run = () => Promise<void>;

/** A fact that AWS documents. The test's name carries the source, so that a failure says which page to read. */
export const documented = (source: string, fact: string, run: Run): void => {
  test(`${fact} [${source}]`, run);
};

/** A fact that AWS does not publish. The test's name carries the row of the behaviour table, by which such tests are listed. */
export const assumed = (id: BehaviourId, fact: string, run: Run): void => {
  test(`${fact} [assumed: ${id}]`, run);
};
