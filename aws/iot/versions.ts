import {
  DeletePolicyVersionCommand,
  DeleteProvisioningTemplateVersionCommand,
  type IoTClient,
  ListPolicyVersionsCommand,
  ListProvisioningTemplateVersionsCommand,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import type { VersionedResources } from '../../domain/stack-upkeep.ts';
import { unlessGone } from './unless-gone.ts';

const policyVersions = z.array(z.object({ versionId: z.string(), isDefaultVersion: z.boolean() }));

/** The versions of policies, at most five, so that one page has them all. */
const createPolicyVersions = (client: IoTClient): VersionedResources => ({
  async versionsOf(policyName) {
    const answer = await unlessGone(client.send(new ListPolicyVersionsCommand({ policyName })));
    const found = z.parse(policyVersions, answer?.policyVersions ?? []);
    return found.map(({ versionId, isDefaultVersion }) => ({ id: versionId, isDefault: isDefaultVersion }));
  },
  async remove(policyName, policyVersionId) {
    await unlessGone(client.send(new DeletePolicyVersionCommand({ policyName, policyVersionId })));
  },
});

const templateVersions = z.array(z.object({ versionId: z.int(), isDefaultVersion: z.boolean() }));

/** The versions of provisioning templates, at most five, so that one page has them all. */
const createTemplateVersions = (client: IoTClient): VersionedResources => ({
  async versionsOf(templateName) {
    const answer = await unlessGone(client.send(new ListProvisioningTemplateVersionsCommand({ templateName })));
    const found = z.parse(templateVersions, answer?.versions ?? []);
    return found.map(({ versionId, isDefaultVersion }) => ({ id: String(versionId), isDefault: isDefaultVersion }));
  },
  async remove(templateName, version) {
    await unlessGone(client.send(new DeleteProvisioningTemplateVersionCommand({ templateName, versionId: Number(version) })));
  },
});

/** Versions of policies and templates, by the control plane of AWS IoT. */
export const openVersionedResources = (client: IoTClient) => ({
  policies: createPolicyVersions(client),
  templates: createTemplateVersions(client),
});
