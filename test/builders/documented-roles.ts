import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operatorRoles } from '../../domain/operator-scope.ts';
import { codeIn, tableWith } from './markdown.ts';

const markdown = readFileSync(join(import.meta.dirname, '../../docs/operators.md'), 'utf8');

/** Each operation, whether it takes two people, and the roles that may, as the documents say. */
export const documentedRoles = tableWith(markdown, 'operation', 'what it does', ...operatorRoles).map(([operation = '', , ...cells]) => ({
  operation: codeIn(operation).join(),
  needsTwo: cells.some((cell) => cell.includes('two')),
  roles: operatorRoles.filter((_, index) => cells[index] !== ''),
}));
