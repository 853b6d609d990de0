import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { isJsonObject } from '../../json-object.ts';
import { memberNames, withTypes } from './member-names.ts';

/** How one resource type maps to the operations of its part of an API. */
interface PartType {
  /** As in the names of operations and resource types. */
  readonly name: string;
  readonly idMember: string;
  readonly createOnly: readonly string[];
  /** Attributes by the members that hold them. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly booleans?: readonly string[];
  readonly integers?: readonly string[];
}

const nested = ['JwtConfiguration'];

const types: readonly PartType[] = [
  {
    name: 'Api',
    idMember: 'apiId',
    createOnly: ['ProtocolType'],
    attributes: { ApiEndpoint: 'apiEndpoint', ApiId: 'apiId' },
    booleans: ['disableExecuteApiEndpoint'],
  },
  {
    name: 'Integration',
    idMember: 'integrationId',
    createOnly: ['ApiId'],
    attributes: { IntegrationId: 'integrationId' },
    integers: ['timeoutInMillis'],
  },
  { name: 'Route', idMember: 'routeId', createOnly: ['ApiId'], attributes: { RouteId: 'routeId' }, booleans: ['apiKeyRequired'] },
  { name: 'Authorizer', idMember: 'authorizerId', createOnly: ['ApiId'], attributes: { AuthorizerId: 'authorizerId' } },
  { name: 'Stage', idMember: 'stageName', createOnly: ['ApiId', 'StageName'], booleans: ['autoDeploy'] },
];

const stateOf = ({ idMember, attributes = {} }: PartType, output: object): ResourceState => {
  const members: Properties = isJsonObject(output) ? output : {};
  return {
    physicalId: String(members[idMember]),
    attributes: Object.fromEntries(Object.entries(attributes).map(([attribute, member]) => [attribute, members[member]])),
  };
};

const partResource = (call: CallOperation, type: PartType): ResourceProvider => {
  const inputOf = (properties: Properties): Properties => withTypes(memberNames(properties, nested), type);
  const named = (state: ResourceState, properties: Properties): Properties => ({
    ...(type.name === 'Api' ? {} : { apiId: properties['ApiId'] }),
    [type.idMember]: state.physicalId,
  });
  return {
    type: `AWS::ApiGatewayV2::${type.name}`,
    createOnly: type.createOnly,
    create: async (properties) => stateOf(type, await call(`Create${type.name}`, inputOf(properties))),
    update: async (state, { from, to }) => {
      // PATCH leaves alone what is not given, so that what the template gives no longer is put back to its default.
      const gone = Object.fromEntries(
        Object.keys(from)
          .filter((name) => !Object.hasOwn(to, name))
          .map((name) => [name, undefined]),
      );
      await call(`Update${type.name}`, { ...inputOf({ ...gone, ...to }), ...named(state, to) });
      return state;
    },
    delete: async (state, properties) => {
      await tolerating(['NotFoundException'], call(`Delete${type.name}`, named(state, properties)));
    },
  };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-deployment.html */
const deploymentResource = (call: CallOperation): ResourceProvider => ({
  type: 'AWS::ApiGatewayV2::Deployment',
  createOnly: ['ApiId', 'StageName'],
  create: async (properties) =>
    stateOf(
      { name: 'Deployment', idMember: 'deploymentId', createOnly: [], attributes: { DeploymentId: 'deploymentId' } },
      await call('CreateDeployment', memberNames(properties)),
    ),
  update: async (state, { to }) => {
    await call('UpdateDeployment', { apiId: to['ApiId'], deploymentId: state.physicalId, description: to['Description'] });
    return state;
  },
  delete: async (state, properties) => {
    const deployment = { apiId: properties['ApiId'], deploymentId: state.physicalId };
    await tolerating(['NotFoundException'], call('DeleteDeployment', deployment));
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html: HTTP APIs in front of functions. */
export const apiGatewayResources = (call: CallOperation): readonly ResourceProvider[] => [
  ...types.map((type) => partResource(call, type)),
  deploymentResource(call),
];
