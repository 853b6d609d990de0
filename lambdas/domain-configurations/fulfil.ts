import { type DomainConfigurations, OPEN_DOMAIN_TYPE } from '../../domain/domain-configuration.ts';
import type { Fulfilment } from '../custom-resource/answer.ts';
import type { Fulfil } from '../custom-resource/create-handler.ts';
import type { CustomResourceRequest } from '../custom-resource/request.ts';
import { parseKept, parseOpened } from './request.ts';

/**
 * What is done for domain configurations. One outlives its stack, because AWS IoT deletes none that was in use within seven days,
 * and gives another host name to the next; so that it is open is a resource of its own, which goes with the stack.
 */
export const fulfilWith =
  (domains: DomainConfigurations): Fulfil =>
  (request) =>
    request.ResourceType === OPEN_DOMAIN_TYPE ? fulfilOpening(request, domains) : fulfilKeeping(request, domains);

const fulfilKeeping = async (
  { RequestType, PhysicalResourceId, ResourceProperties }: CustomResourceRequest,
  domains: DomainConfigurations,
) => {
  if (RequestType === 'Delete') return { physicalId: PhysicalResourceId ?? '' };
  const { name, own } = parseKept(ResourceProperties);
  return { physicalId: name, attributes: { HostName: await domains.keep(name, own) } };
};

const OPENED = ' is open';

const fulfilOpening = async (request: CustomResourceRequest, domains: DomainConfigurations): Promise<Fulfilment> => {
  const { RequestType, PhysicalResourceId = '', ResourceProperties } = request;
  if (RequestType !== 'Delete') {
    const { name, authorizerName } = parseOpened(ResourceProperties);
    await domains.open(name, authorizerName);
    return { physicalId: `${name}${OPENED}` };
  }
  // A creation that failed left an id that is not ours, and nothing to close.
  if (PhysicalResourceId.endsWith(OPENED)) await domains.close(parseOpened(ResourceProperties).name);
  return { physicalId: PhysicalResourceId };
};
