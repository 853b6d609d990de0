/** The topics of fleet provisioning by claim with a CSR, in JSON (DG:fleet-provision-api). */
export const fleetProvisioningTopics = (templateName: string) => {
  const create = '$aws/certificates/create-from-csr/json';
  const provision = `$aws/provisioning-templates/${templateName}/provision/json`;
  return {
    createFromCsr: { request: create, accepted: `${create}/accepted`, rejected: `${create}/rejected` },
    registerThing: { request: provision, accepted: `${provision}/accepted`, rejected: `${provision}/rejected` },
  };
};
