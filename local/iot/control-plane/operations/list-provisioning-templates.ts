import type { ListProvisioningTemplatesRequest, ListProvisioningTemplatesResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

type Operation = IotOperation<ListProvisioningTemplatesRequest, ListProvisioningTemplatesResponse>;

/** All templates. */
export const listProvisioningTemplates: Operation = ({ registry }, { nextToken, maxResults }) => {
  const page = pageOf(registry.provisioningTemplates.values(), ({ templateName }) => templateName, { token: nextToken, limit: maxResults });
  const templates = page.items.map((template) => ({
    templateArn: registry.arn('provisioningtemplate', template.templateName),
    templateName: template.templateName,
    description: template.description,
    creationDate: new Date(template.createdAt),
    lastModifiedDate: new Date(template.modifiedAt),
    enabled: template.enabled,
    type: template.type,
  }));
  return { templates, nextToken: page.nextToken };
};
