import {
  CreatePolicyVersionCommand,
  CreateProvisioningTemplateVersionCommand,
  DescribeProvisioningTemplateCommand,
  GetPolicyCommand,
  type IoTClient,
  ListPolicyVersionsCommand,
  ListProvisioningTemplateVersionsCommand,
} from '@aws-sdk/client-iot';

/** What of a line has versions. */
export interface VersionedLine {
  readonly policyName: string;
  readonly templateName: string;
}

/** How many versions there are. */
export const versionsThere = async (iot: IoTClient, line: VersionedLine) => {
  const [{ policyVersions }, { versions }] = await Promise.all([
    iot.send(new ListPolicyVersionsCommand(line)),
    iot.send(new ListProvisioningTemplateVersionsCommand(line)),
  ]);
  return { policy: policyVersions?.length, template: versions?.length };
};

/** As if the line had been changed four times: AWS IoT takes no other version. */
export const fillVersions = async (iot: IoTClient, line: VersionedLine): Promise<void> => {
  const { policyDocument } = await iot.send(new GetPolicyCommand(line));
  const { templateBody } = await iot.send(new DescribeProvisioningTemplateCommand(line));
  for (let version = 2; version <= 5; version += 1) {
    await iot.send(new CreatePolicyVersionCommand({ ...line, policyDocument, setAsDefault: true }));
    await iot.send(new CreateProvisioningTemplateVersionCommand({ ...line, templateBody, setAsDefault: true }));
  }
};
