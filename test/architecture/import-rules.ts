import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface Report {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
    readonly totalCruised: number;
  };
}

const folders = ['bin', 'lib', 'lambdas', 'approaches', 'domain', 'aws', 'device', 'cli', 'local', 'demo', 'bench', 'examples', 'docs'];

/** Every folder of a tree that the rules speak of. */
export const ruledFolders = (tree: string): readonly string[] => folders.filter((folder) => existsSync(join(tree, folder)));

/** What Node runs to hold modules, and all that they import, against the import rules; it prints a report. */
export const cruiseCommand = (modules: readonly string[]): readonly string[] => [
  'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
  '--output-type',
  'json',
  ...modules,
];

/** How many modules were looked at, and who imports what their folder may not. */
export const readReport = (output: string): { readonly modules: number; readonly violations: readonly string[] } => {
  const { summary } = JSON.parse(output) as Report;
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`),
  };
};
