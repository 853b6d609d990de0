import type { CaseBranch, SqlExpression } from './sql-expression.ts';
import { sqlParseError } from './sql-tokens.ts';
import type { TokenReader } from './token-reader.ts';

/** `CASE v WHEN t THEN r … ELSE r END` (DG:iot-sql-case). `parse` reads an expression. */
export function parseCase(reader: TokenReader, parse: () => SqlExpression): SqlExpression {
  reader.expect('CASE');
  const subject = parse();
  const branches: CaseBranch[] = [];
  while (reader.skip('WHEN')) {
    const when = parse();
    reader.expect('THEN');
    branches.push({ when, result: parse() });
  }
  if (branches.length === 0) throw sqlParseError('expected WHEN', reader.at);
  const otherwise = reader.skip('ELSE') ? parse() : undefined;
  reader.expect('END');
  return { kind: 'case', subject, branches, ...(otherwise === undefined ? {} : { otherwise }) };
}
