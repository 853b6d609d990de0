import {
  DeleteCertificateCommand,
  DeleteThingCommand,
  DetachThingPrincipalCommand,
  type IoTClient,
  ListCertificatesCommand,
  ListPrincipalThingsCommand,
  ListThingsCommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';

/** Removes every thing and every certificate, as somebody does who gives up a fleet. Of few: one page of each. */
export const clearRegistry = async (iot: IoTClient): Promise<void> => {
  const { certificates = [] } = await iot.send(new ListCertificatesCommand({}));
  for (const { certificateId = '', certificateArn: principal = '' } of certificates) {
    const { things = [] } = await iot.send(new ListPrincipalThingsCommand({ principal }));
    for (const thingName of things) await iot.send(new DetachThingPrincipalCommand({ thingName, principal }));
    await iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }));
    await iot.send(new DeleteCertificateCommand({ certificateId, forceDelete: true }));
  }
  const { things = [] } = await iot.send(new ListThingsCommand({}));
  for (const { thingName } of things) await iot.send(new DeleteThingCommand({ thingName }));
};
