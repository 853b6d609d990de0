import { validationError } from './template/validation-error.ts';

/** Nodes with the names that each needs before it. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/**
 * An order in which everything comes after what it needs; otherwise the order given is kept.
 * Refuses a cycle with `ValidationError`, naming its members.
 */
export const dependencyOrder = (dependencies: Dependencies): readonly string[] => {
  const ordered = new Set<string>();
  const open: string[] = [];
  const visit = (name: string): void => {
    if (ordered.has(name)) return;
    if (open.includes(name)) {
      throw validationError(`Circular dependency between resources: [${open.slice(open.indexOf(name)).join(', ')}]`);
    }
    open.push(name);
    for (const needed of dependencies.get(name) ?? []) if (dependencies.has(needed)) visit(needed);
    open.pop();
    ordered.add(name);
  };
  for (const name of dependencies.keys()) visit(name);
  return [...ordered];
};
