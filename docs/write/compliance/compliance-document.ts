import { code, markdownTable } from '../markdown-table.ts';
import { awsIotLens } from './aws-iot-lens.data.ts';
import { etsiEn303645 } from './etsi-en-303-645.data.ts';
import { evidence, type EvidenceName } from './evidence.data.ts';
import { iec62443 } from './iec-62443-4-2.data.ts';
import { nistIr8259a } from './nist-ir-8259a.data.ts';
import type { Framework } from './requirement.ts';

const INTRODUCTION = `# What Muster does for frameworks of security

<!-- Written from the data in docs/write/compliance by \`npm run docs:compliance\`; a test holds it to be current, and every test that it names to exist. -->

Muster is no certified product, and no piece of software makes a fleet compliant. These tables say what of a framework it bears, which test shows that, and what remains with whoever runs it; where it bears nothing, only the last
column says something. What a framework asks for is told in our own words: read the framework itself.

Beside these, every synth passes the rules of NIST SP 800-53 Rev. 5 as cdk-nag has them; each exception stands in \`lib/nist-exceptions.ts\` with its reason.`;

export const frameworks: readonly Framework[] = [nistIr8259a, etsiEn303645, iec62443, awsIotLens];

const shown = (name: EvidenceName): string => {
  const { file, test } = evidence[name];
  return `${code(`test/${file}.test.ts`)} “${test}”`;
};

const section = ({ title, about, requirements }: Framework): string =>
  [
    `## ${title}`,
    about,
    markdownTable(
      ['', 'asks', 'Muster', 'shown by', 'remains with you'],
      requirements.map(({ id, asks, feature, shownBy, remains }) => [id, asks, feature, shownBy.map(shown).join('; '), remains]),
    ),
  ].join('\n\n');

/** The page on frameworks of security, as Markdown. */
export const complianceDocument = (): string => `${[INTRODUCTION, ...frameworks.map(section)].join('\n\n')}\n`;
