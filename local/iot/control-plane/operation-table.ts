import { addThingToThingGroup } from './operations/add-thing-to-thing-group.ts';
import { attachPolicy } from './operations/attach-policy.ts';
import { attachPrincipalPolicy } from './operations/attach-principal-policy.ts';
import { attachThingPrincipal } from './operations/attach-thing-principal.ts';
import { createCertificateFromCsr } from './operations/create-certificate-from-csr.ts';
import { createKeysAndCertificate } from './operations/create-keys-and-certificate.ts';
import { createPolicyVersion } from './operations/create-policy-version.ts';
import { createPolicy } from './operations/create-policy.ts';
import { createProvisioningTemplateVersion } from './operations/create-provisioning-template-version.ts';
import { createProvisioningTemplate } from './operations/create-provisioning-template.ts';
import { createThingGroup } from './operations/create-thing-group.ts';
import { createThingType } from './operations/create-thing-type.ts';
import { createThing } from './operations/create-thing.ts';
import { createTopicRule } from './operations/create-topic-rule.ts';
import { deleteCertificate } from './operations/delete-certificate.ts';
import { deletePolicyVersion } from './operations/delete-policy-version.ts';
import { deletePolicy } from './operations/delete-policy.ts';
import { deleteProvisioningTemplateVersion } from './operations/delete-provisioning-template-version.ts';
import { deleteProvisioningTemplate } from './operations/delete-provisioning-template.ts';
import { deleteThingGroup } from './operations/delete-thing-group.ts';
import { deleteThingType } from './operations/delete-thing-type.ts';
import { deleteThing } from './operations/delete-thing.ts';
import { deleteTopicRule } from './operations/delete-topic-rule.ts';
import { deprecateThingType } from './operations/deprecate-thing-type.ts';
import { describeCertificate } from './operations/describe-certificate.ts';
import { describeEndpoint } from './operations/describe-endpoint.ts';
import { describeProvisioningTemplateVersion } from './operations/describe-provisioning-template-version.ts';
import { describeProvisioningTemplate } from './operations/describe-provisioning-template.ts';
import { describeThingGroup } from './operations/describe-thing-group.ts';
import { describeThingType } from './operations/describe-thing-type.ts';
import { describeThing } from './operations/describe-thing.ts';
import { detachPolicy } from './operations/detach-policy.ts';
import { detachPrincipalPolicy } from './operations/detach-principal-policy.ts';
import { detachThingPrincipal } from './operations/detach-thing-principal.ts';
import { disableTopicRule } from './operations/disable-topic-rule.ts';
import { enableTopicRule } from './operations/enable-topic-rule.ts';
import { getPolicyVersion } from './operations/get-policy-version.ts';
import { getPolicy } from './operations/get-policy.ts';
import { getTopicRule } from './operations/get-topic-rule.ts';
import { listAttachedPolicies } from './operations/list-attached-policies.ts';
import { listCertificates } from './operations/list-certificates.ts';
import { listPolicies } from './operations/list-policies.ts';
import { listPolicyPrincipals } from './operations/list-policy-principals.ts';
import { listPolicyVersions } from './operations/list-policy-versions.ts';
import { listPrincipalPolicies } from './operations/list-principal-policies.ts';
import { listPrincipalThingsV2 } from './operations/list-principal-things-v2.ts';
import { listPrincipalThings } from './operations/list-principal-things.ts';
import { listProvisioningTemplateVersions } from './operations/list-provisioning-template-versions.ts';
import { listProvisioningTemplates } from './operations/list-provisioning-templates.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { listTargetsForPolicy } from './operations/list-targets-for-policy.ts';
import { listThingGroupsForThing } from './operations/list-thing-groups-for-thing.ts';
import { listThingGroups } from './operations/list-thing-groups.ts';
import { listThingPrincipalsV2 } from './operations/list-thing-principals-v2.ts';
import { listThingPrincipals } from './operations/list-thing-principals.ts';
import { listThingTypes } from './operations/list-thing-types.ts';
import { listThingsInThingGroup } from './operations/list-things-in-thing-group.ts';
import { listThings } from './operations/list-things.ts';
import { listTopicRules } from './operations/list-topic-rules.ts';
import { registerCertificateWithoutCA } from './operations/register-certificate-without-ca.ts';
import { removeThingFromThingGroup } from './operations/remove-thing-from-thing-group.ts';
import { replaceTopicRule } from './operations/replace-topic-rule.ts';
import { setDefaultPolicyVersion } from './operations/set-default-policy-version.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateCertificate } from './operations/update-certificate.ts';
import { updateProvisioningTemplate } from './operations/update-provisioning-template.ts';
import { updateThingGroup } from './operations/update-thing-group.ts';
import { updateThingGroupsForThing } from './operations/update-thing-groups-for-thing.ts';
import { updateThingType } from './operations/update-thing-type.ts';
import { updateThing } from './operations/update-thing.ts';

/** The operations that the local AWS has, by the name that AWS publishes; each is typed by its own request. */
export const operations = {
  AddThingToThingGroup: addThingToThingGroup,
  AttachPolicy: attachPolicy,
  AttachPrincipalPolicy: attachPrincipalPolicy,
  AttachThingPrincipal: attachThingPrincipal,
  CreateCertificateFromCsr: createCertificateFromCsr,
  CreateKeysAndCertificate: createKeysAndCertificate,
  CreatePolicyVersion: createPolicyVersion,
  CreatePolicy: createPolicy,
  CreateProvisioningTemplateVersion: createProvisioningTemplateVersion,
  CreateProvisioningTemplate: createProvisioningTemplate,
  CreateThingGroup: createThingGroup,
  CreateThingType: createThingType,
  CreateThing: createThing,
  CreateTopicRule: createTopicRule,
  DeleteCertificate: deleteCertificate,
  DeletePolicyVersion: deletePolicyVersion,
  DeletePolicy: deletePolicy,
  DeleteProvisioningTemplateVersion: deleteProvisioningTemplateVersion,
  DeleteProvisioningTemplate: deleteProvisioningTemplate,
  DeleteThingGroup: deleteThingGroup,
  DeleteThingType: deleteThingType,
  DeleteThing: deleteThing,
  DeleteTopicRule: deleteTopicRule,
  DeprecateThingType: deprecateThingType,
  DescribeCertificate: describeCertificate,
  DescribeEndpoint: describeEndpoint,
  DescribeProvisioningTemplateVersion: describeProvisioningTemplateVersion,
  DescribeProvisioningTemplate: describeProvisioningTemplate,
  DescribeThingGroup: describeThingGroup,
  DescribeThingType: describeThingType,
  DescribeThing: describeThing,
  DetachPolicy: detachPolicy,
  DetachPrincipalPolicy: detachPrincipalPolicy,
  DetachThingPrincipal: detachThingPrincipal,
  DisableTopicRule: disableTopicRule,
  EnableTopicRule: enableTopicRule,
  GetPolicyVersion: getPolicyVersion,
  GetPolicy: getPolicy,
  GetTopicRule: getTopicRule,
  ListAttachedPolicies: listAttachedPolicies,
  ListCertificates: listCertificates,
  ListPolicies: listPolicies,
  ListPolicyPrincipals: listPolicyPrincipals,
  ListPolicyVersions: listPolicyVersions,
  ListPrincipalPolicies: listPrincipalPolicies,
  ListPrincipalThingsV2: listPrincipalThingsV2,
  ListPrincipalThings: listPrincipalThings,
  ListProvisioningTemplateVersions: listProvisioningTemplateVersions,
  ListProvisioningTemplates: listProvisioningTemplates,
  ListTagsForResource: listTagsForResource,
  ListTargetsForPolicy: listTargetsForPolicy,
  ListThingGroupsForThing: listThingGroupsForThing,
  ListThingGroups: listThingGroups,
  ListThingPrincipalsV2: listThingPrincipalsV2,
  ListThingPrincipals: listThingPrincipals,
  ListThingTypes: listThingTypes,
  ListThingsInThingGroup: listThingsInThingGroup,
  ListThings: listThings,
  ListTopicRules: listTopicRules,
  RegisterCertificateWithoutCA: registerCertificateWithoutCA,
  RemoveThingFromThingGroup: removeThingFromThingGroup,
  ReplaceTopicRule: replaceTopicRule,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateCertificate: updateCertificate,
  UpdateProvisioningTemplate: updateProvisioningTemplate,
  UpdateThingGroup: updateThingGroup,
  UpdateThingGroupsForThing: updateThingGroupsForThing,
  UpdateThingType: updateThingType,
  UpdateThing: updateThing,
} as const;
