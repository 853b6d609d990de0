import {
  DescribeCertificateCommand,
  type IoTClient,
  ListPrincipalThingsCommand,
  ListTargetsForPolicyCommand,
  ListThingPrincipalsCommand,
  ListThingsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { type CertificateId, certificateId, type ThingName, thingName } from '../../domain/identifiers.ts';
import type { PolicyTarget, RegistryReads } from '../../domain/reconciliation/reconciliation-ports.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { unlessGone } from './unless-gone.ts';

/** The most that AWS IoT gives in a page: 250. */
const PAGE = 250;
/** Each of these is asked about by itself: a page must be done before a run is over. */
const HOLDERS = 50;
/** A thing may have a thousand principals; one page is what anybody's device has. */
const MAX_PAGES = 4;

/** Lists of AWS IoT's registry, by its control plane. */
export const createIotRegistryReads = (client: IoTClient, prefix: string): RegistryReads => ({
  certificatesOf: (thing) => certificatesOf(client, thing),
  async thingsOf(line, after) {
    const { things = [], nextToken } = await client.send(
      new ListThingsCommand({ thingTypeName: resourceNames(prefix).thingType(line), maxResults: PAGE, nextToken: after }),
    );
    return pageOf(namesIn(things.map((thing) => thing.thingName)), nextToken);
  },
  async holdersOf(policyName, after) {
    const answer = await unlessGone(client.send(new ListTargetsForPolicyCommand({ policyName, pageSize: HOLDERS, marker: after })));
    return pageOf(certificatesIn(answer?.targets ?? []), answer?.nextMarker);
  },
  async thingsWith({ arn }) {
    const answer = await unlessGone(client.send(new ListPrincipalThingsCommand({ principal: arn })));
    return namesIn(answer?.things ?? []);
  },
  async ageOf(certificate) {
    const answer = await unlessGone(client.send(new DescribeCertificateCommand({ certificateId: certificate })));
    const { status, creationDate, lastModifiedDate = creationDate } = answer?.certificateDescription ?? {};
    return {
      ...{ isActive: status === 'ACTIVE', isInactive: status === 'INACTIVE' },
      ...{ createdAt: creationDate?.getTime() ?? 0, changedAt: lastModifiedDate?.getTime() ?? 0 },
    };
  },
});

const pageOf = <Row>(rows: readonly Row[], next: string | undefined) => (next === undefined ? { rows } : { rows, next });

// Only what the cloud itself names comes next: somebody else's thing of our type may be called anything.
const namesIn = (names: readonly (string | undefined)[]): readonly ThingName[] =>
  names.flatMap((name) => z.safeParse(thingName, name).data ?? []);

// Targets and principals may be groups and identities of Cognito, too.
const certificatesIn = (arns: readonly string[]): readonly PolicyTarget[] =>
  arns.flatMap((arn) => {
    const { data } = z.safeParse(certificateId, arn.split(':cert/')[1]);
    return data === undefined ? [] : { certificateId: data, arn };
  });

const certificatesOf = async (client: IoTClient, thing: ThingName): Promise<readonly CertificateId[] | undefined> => {
  const found: CertificateId[] = [];
  let nextToken: string | undefined;
  try {
    for (let pages = 0; pages === 0 || (nextToken !== undefined && pages < MAX_PAGES); pages += 1) {
      const answer = await client.send(new ListThingPrincipalsCommand({ thingName: thing, maxResults: PAGE, nextToken }));
      found.push(...certificatesIn(answer.principals ?? []).map((target) => target.certificateId));
      nextToken = answer.nextToken;
    }
    return found;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};
