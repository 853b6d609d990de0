/** One line in one program: `added` goes before `before`, or to the end of the file. */
export interface Insertion {
  readonly file: string;
  readonly added: string;
  readonly before?: string;
}

/** Where an approach gets its name. */
export const naming: Insertion = { file: 'approaches/index.ts', added: ", 'toy'", before: '] as const;' };

/** Where it is plugged in: each program that has one list of all approaches, with what stops compiling while the line is missing. */
export const plugs: readonly (Insertion & { readonly compiledIn: string })[] = [
  { file: 'bin/approaches.ts', compiledIn: 'bin/muster.ts', added: "export { deployToy as toy } from '../approaches/toy/deploy.ts';\n" },
  {
    file: 'cli/approaches.ts',
    compiledIn: 'cli/import/enrollers.ts',
    added: "export { enrollToy as toy } from '../approaches/toy/enroll.ts';\n",
  },
  {
    file: 'device/approaches.ts',
    compiledIn: 'device/prover-of.ts',
    added: "export { proveToy as toy } from '../approaches/toy/prove.ts';\n",
  },
  {
    file: 'lambdas/operations/approaches.ts',
    compiledIn: 'lambdas/operations/describe-requirement.ts',
    added: "export { describeToyRequirement as toy } from '../../approaches/toy/evidence.ts';\n",
  },
  {
    file: 'test/approaches/approaches.ts',
    compiledIn: 'test/approaches/approaches.test.ts',
    added: "export { describeToy as toy } from './toy/under-test.ts';\n",
  },
];
