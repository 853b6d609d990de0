import { type AuditCode, auditCodes } from '../../domain/audit-event.ts';
import { auditQuestions } from '../../domain/audit/audit-questions.ts';
import { codeMeanings } from '../../domain/audit/code-meanings.ts';
import { datumKinds, fieldMeanings } from '../../domain/audit/event-fields.ts';
import { OCSF_VERSION, ocsfClasses } from '../../domain/audit/ocsf/ocsf-classes.ts';
import { ocsfMapping } from '../../domain/audit/ocsf/ocsf-mapping.ts';
import { reasonCodes } from '../../domain/reason-code.ts';
import { findingKinds } from '../../domain/reconciliation/finding-kind.ts';
import { adviceFor } from '../../domain/story/advice.ts';
import { findingMeanings } from './finding-meanings.ts';
import { code, markdownTable } from './markdown-table.ts';

const INTRODUCTION = `# Audit events

<!-- Written from the code by \`npm run docs:events\`; a test holds it to be current. -->

Every decision and every change in the life of an identity is one event, in one vocabulary. Events stand in the audit log group, one line of JSON each, under the key
\`auditEvent\`:

\`\`\`json
{"auditEvent":{"schemaVersion":1,"id":"6f9c…","at":1767225600000,"code":"admission.refused","actor":{"kind":"device"},"reason":"claim-closed","correlationId":"muster-claim-sensor-9a41…","line":"sensor","serialNumber":"SN-1"}}
\`\`\`

To see every refusal of the last hour:

\`\`\`sh
aws logs filter-log-events --log-group-name <AuditLogGroupName> --filter-pattern '{ $.auditEvent.code = "admission.refused" }' --start-time <ms>
\`\`\`

The name of the group is an output of the data stack.`;

const CODES = `## Codes

A code never changes its meaning; a new meaning gets a new code. Where it is a decision about what somebody asked for, it has a verdict: \`admit\`; \`restrict\`, a part
of it; \`hold\`, until somebody else agrees; \`refuse\`. The verdict follows from the code and stands in no field. The last column says what an
event is in the Open Cybersecurity Schema Framework, version ${OCSF_VERSION}.`;

const FIELDS = `## Fields

No field can hold a secret: every one is of one of the kinds below it, and none of these is a secret, a token or a MAC. What is not known is left out.`;

const KINDS = `Events that leave the company can do so without who and what they were about, as the last column says. What is replaced gets the same name each time that the
same key is used, so that what belongs together stays together.`;

const QUESTIONS = `## Questions that are saved

Each deployment has these queries in CloudWatch Logs Insights, under \`<prefix>/<name>\`; what stands there in capitals is replaced by what is asked about. They answer for as
long as the log group keeps events. \`muster audit search\` asks for anything else, and \`muster audit export\` writes down what it finds: as JSON, as CSV or in OCSF.

What asks about one thing is also saved in Athena, in the work group \`<prefix>-audit\`: there it answers from the sealed history, over the table \`events\` of the database
\`<prefix>_audit\` (with \`_\` for each \`-\`), 90 days back unless somebody writes another number. Who asks there needs rights of their own: to use the work group, to read the table, the archive and
what its key encrypts, and to write below \`athena/\` in the staging bucket, where results are forgotten after 30 days.`;

const REASONS = `## Reasons of refusals

A device learns that it was refused, never why: the reason stands here only.`;

const FINDINGS = `## Findings of reconciliation

What was found is told again once a day, under an id that stays while the record of the device does. “Put right” is done without a person.`;

const codeTable = (): string =>
  markdownTable(
    ['code', 'what happened', 'who caused it', 'verdict', 'in OCSF'],
    auditCodes.map((name) => {
      const { what, by, verdict } = codeMeanings[name];
      return [code(name), what, by.join(', '), verdict === undefined ? '' : code(verdict), ocsfOf(name)];
    }),
  );

const ocsfOf = (name: AuditCode): string => {
  const { class: className, activity } = ocsfMapping[name];
  return `${ocsfClasses[className].uid} ${className}: ${name === 'aws.called' ? 'as the call is named' : activity}`;
};

const fieldTable = (): string =>
  markdownTable(
    ['field', 'what it is', 'kind'],
    Object.entries(fieldMeanings).map(([name, { what, datum }]) => [code(name), what, datum]),
  );

const kindTable = (): string =>
  markdownTable(
    ['kind', 'what it is', 'in a pseudonymized export'],
    Object.entries(datumKinds).map(([name, { what, treatment }]) => [name, what, treatment]),
  );

const questionTable = (): string =>
  markdownTable(
    ['saved query', 'what it answers', 'to be replaced'],
    auditQuestions.map(({ name, question, asks }) => [code(name), question, asks === undefined ? '' : code(asks)]),
  );

const reasonTable = (): string =>
  markdownTable(
    ['reason', 'what is wrong', 'what to do'],
    reasonCodes.map((reason) => [code(reason), adviceFor[reason].wrong, adviceFor[reason].todo]),
  );

const findingTable = (): string =>
  markdownTable(
    ['finding', 'what is wrong', 'put right'],
    findingKinds.map((kind) => [code(kind), findingMeanings[kind].what, findingMeanings[kind].repaired]),
  );

/** The page on events: docs/events.md. */
export const eventsDocument = (): string =>
  [
    INTRODUCTION,
    ...[CODES, codeTable(), FIELDS, fieldTable(), KINDS, kindTable()],
    ...[QUESTIONS, questionTable()],
    ...[REASONS, reasonTable(), FINDINGS, findingTable()],
  ].join('\n\n') + '\n';
