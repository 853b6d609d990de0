import {
  DescribeCertificateCommand,
  DescribeThingCommand,
  type IoTClient,
  ListAttachedPoliciesCommand,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsV2Command,
} from '@aws-sdk/client-iot';

/** A certificate as a thing holds it. */
export interface HeldCertificate {
  readonly id: string;
  readonly status: string | undefined;
  readonly pem: string | undefined;
  readonly attachment: string | undefined;
  readonly policies: readonly (string | undefined)[];
}

/** Everything that AWS IoT knows of a thing. */
export const registryOf = async (iot: IoTClient, thingName: string) => {
  const [thing, { thingGroups = [] }, certificates] = await Promise.all([
    iot.send(new DescribeThingCommand({ thingName })),
    iot.send(new ListThingGroupsForThingCommand({ thingName })),
    certificatesOf(iot, thingName),
  ]);
  return {
    type: thing.thingTypeName,
    attributes: thing.attributes,
    groups: thingGroups.map(({ groupName }) => groupName).toSorted(),
    certificates,
  };
};

export const certificatesOf = async (iot: IoTClient, thingName: string): Promise<readonly HeldCertificate[]> => {
  const { thingPrincipalObjects = [] } = await iot.send(new ListThingPrincipalsV2Command({ thingName }));
  return Promise.all(
    thingPrincipalObjects.map(async ({ principal = '', thingPrincipalType }) => {
      const id = principal.slice(principal.lastIndexOf('/') + 1);
      const [{ certificateDescription }, { policies = [] }] = await Promise.all([
        iot.send(new DescribeCertificateCommand({ certificateId: id })),
        iot.send(new ListAttachedPoliciesCommand({ target: principal })),
      ]);
      const { status, certificatePem } = certificateDescription ?? {};
      return { id, status, pem: certificatePem, attachment: thingPrincipalType, policies: policies.map(({ policyName }) => policyName) };
    }),
  );
};
