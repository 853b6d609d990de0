import * as z from 'zod';
import { archiveQuestions } from '../../../domain/audit/archive-questions.ts';
import { eventsKeyOf } from '../../../domain/audit/archive-layout.ts';
import { auditColumns } from '../../../domain/audit/audit-columns.ts';
import { auditQuestions } from '../../../domain/audit/audit-questions.ts';
import { createAthenaService } from '../../../local/athena/athena-service.ts';
import { createGlueService } from '../../../local/glue/glue-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../../local/resource-context.ts';
import { testAccount, testStartMs } from '../../local/service-endpoint.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const { audit } = synthesize();
const [table] = resourcesOfType(audit, 'AWS::Glue::Table').map(({ properties }) =>
  z
    .object({
      DatabaseName: z.string(),
      TableInput: z.looseObject({
        Parameters: z.record(z.string(), z.unknown()),
        PartitionKeys: z.array(z.object({ Name: z.string() })),
        StorageDescriptor: z.looseObject({ Columns: z.array(z.object({ Name: z.string(), Type: z.string() })) }),
      }),
    })
    .parse(properties),
);
const queries = resourcesOfType(audit, 'AWS::Athena::NamedQuery').map(({ properties }) =>
  z.looseObject({ Name: z.string(), QueryString: z.string(), Database: z.string() }).parse(properties),
);

describe('The table over the sealed history', () => {
  test('has a column for each field of an event, in small letters and without quotes', () => {
    const columns = table?.TableInput.StorageDescriptor.Columns ?? [];
    expect(columns.map(({ Name, Type }) => ({ name: Name, type: Type }))).toEqual(auditColumns);
    expect([table?.DatabaseName, ...columns.map(({ Name }) => Name)].filter((name) => !/^[a-z_]+$/.test(name ?? ''))).toEqual([]);
  });

  test('finds the days where they are sealed', () => {
    const template = JSON.stringify(table?.TableInput.Parameters['storage.location.template']);
    expect(template).toContain('/events/date=${date}/');
    expect(eventsKeyOf(7, Date.UTC(2026, 10, 22))).toMatch(/^events\/date=2026-11-22\/[^/]+\.jsonl\.gz$/);
    expect(table?.TableInput.PartitionKeys).toEqual([{ Name: 'date' }]);
    expect(table?.TableInput.Parameters['projection.date.format']).toBe('yyyy-MM-dd');
  });
});

describe('A question to it', () => {
  test('is there for each that asks about something in the log', () => {
    const asked = auditQuestions.flatMap(({ name, question, asks }) => (asks === undefined ? [] : [{ name, question, asks }]));
    expect(archiveQuestions.map(({ name, question, asks }) => ({ name, question, asks }))).toEqual(asked);
    expect(queries.map(({ Name }) => Name).toSorted()).toEqual(asked.map(({ name }) => name).toSorted());
  });

  test.each(archiveQuestions)(
    '$name names columns that there are, reads some days and not all, and says what to write there',
    ({ sql, asks }) => {
      const known = [...auditColumns.map(({ name }) => name), 'actor', 'kind', 'arn', 'date', 'events', 'serials', 'time', 'latest'];
      const words = sql.replaceAll(/'[^']*'/g, '').match(/\b[a-z_]+\b/g) ?? [];
      const functions = ['from_unixtime', 'date_format', 'current_date', 'interval', 'day', 'count', 'max'];
      expect(words.filter((word) => ![...known, ...functions].includes(word))).toEqual([]);
      expect(sql).toContain('"date" >= ');
      expect(sql).toMatch(new RegExp(`'%?${asks ?? ''}%?'`));
    },
  );
});

describe('What comes of a question', () => {
  test('is encrypted, costs no more than was meant, and lies where it is forgotten', () => {
    audit.hasResourceProperties('AWS::Athena::WorkGroup', {
      Name: 'muster-audit',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 100_000_000_000,
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' } },
      },
    });
    const [group] = resourcesOfType(audit, 'AWS::Athena::WorkGroup');
    expect(JSON.stringify(group?.properties)).toMatch(/"OutputLocation":"s3:\/\/[^"]+\/athena\/"/);
  });
});

test('The local AWS takes all of it as it stands', async () => {
  const clock = new ManualClock(testStartMs);
  const options = { account: testAccount, clock };
  const providers = [...createGlueService(options).resources, ...createAthenaService(options).resources];
  const accountIn = (text: string): string => /"CatalogId":"(\d+)"/.exec(text)?.[1] ?? testAccount.accountId;
  // In the order of what needs what; what another stack tells is a name here.
  for (const type of ['AWS::Glue::Database', 'AWS::Glue::Table', 'AWS::Athena::WorkGroup', 'AWS::Athena::NamedQuery'])
    for (const { properties } of resourcesOfType(audit, type)) {
      const told = JSON.stringify(properties).replaceAll('<Fn::ImportValue>', 'a-bucket');
      const known = told.replaceAll(accountIn(told), testAccount.accountId).replaceAll(/<[^>]*>/g, 'muster-audit');
      const made = providerOf(providers, type).create(z.record(z.string(), z.unknown()).parse(JSON.parse(known)), resourceContext());
      await expect(made).resolves.toMatchObject({ physicalId: expect.any(String) as unknown });
    }
});
