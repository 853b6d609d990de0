import {
  DescribeCertificateCommand,
  DescribeThingCommand,
  type IoTClient,
  ListAttachedPoliciesCommand,
  ListPrincipalThingsCommand,
  ListThingPrincipalsCommand,
} from '@aws-sdk/client-iot';

/** What AWS IoT knows of a certificate. */
export interface CertificateTrace {
  readonly status: string | undefined;
  readonly policies: readonly (string | undefined)[];
  readonly things: readonly string[];
}

/** A certificate that was issued and led to nothing: AWS IoT deletes it when its ownership token expires. */
export const leftPending: CertificateTrace = { status: 'PENDING_ACTIVATION', policies: [], things: [] };

export const traceOf = async (iot: IoTClient, certificateId: string): Promise<CertificateTrace> => {
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
  const principal = certificateDescription?.certificateArn;
  const [{ policies = [] }, { things = [] }] = await Promise.all([
    iot.send(new ListAttachedPoliciesCommand({ target: principal })),
    iot.send(new ListPrincipalThingsCommand({ principal })),
  ]);
  return { status: certificateDescription?.status, policies: policies.map(({ policyName }) => policyName), things };
};

export const isThing = async (iot: IoTClient, thingName: string): Promise<boolean> => {
  try {
    await iot.send(new DescribeThingCommand({ thingName }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return false;
    throw error;
  }
};

/** The ids of the certificates attached to a thing. */
export const certificateIdsOf = async (iot: IoTClient, thingName: string): Promise<readonly string[]> => {
  const { principals = [] } = await iot.send(new ListThingPrincipalsCommand({ thingName }));
  return principals.map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
};
