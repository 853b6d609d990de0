import { ManualClock } from '../manual-clock.ts';
import { wireServices } from '../wire-services.ts';
import { assumptionsDocument } from './assumptions-document.ts';
import { supportDocument } from './support-document.ts';

/** The documents that are written from the code, by their paths relative to `local/`. Nothing is started for them. */
export const generatedDocuments = async (): Promise<ReadonlyMap<string, string>> => {
  const services = wireServices({
    account: { accountId: '123456789012', region: 'us-east-1', partition: 'aws' },
    clock: new ManualClock(0),
    endpoint: () => 'http://127.0.0.1:0',
  });
  try {
    const facts = { apis: services.apis, resourceTypes: services.cloudFormation.providers.types() };
    return new Map([
      ['SUPPORT.md', supportDocument(facts)],
      ['ASSUMPTIONS.md', assumptionsDocument()],
    ]);
  } finally {
    services.iot.close();
    await services.lambda.stop();
    await services.dynamodb.stop();
  }
};
