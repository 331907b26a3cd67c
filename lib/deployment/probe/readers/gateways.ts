import { DescribeDirectConnectGatewayAssociationsCommand, type DirectConnectGatewayAssociation } from '@aws-sdk/client-direct-connect';
import { DescribeVpnGatewaysCommand } from '@aws-sdk/client-ec2';
import { type Reader, withDetails } from './reader';

const vpcGatewayAttachments: Reader = {
  type: 'AWS::EC2::VPCGatewayAttachment',
  // EC2 has no id for an attachment: a VPC and a gateway are attached once at most.
  idOf: ({ properties: { VpcId, VpnGatewayId } }) => attachmentId(VpcId, VpnGatewayId),
  async live({ ec2 }) {
    const { VpnGateways = [] } = await ec2.send(new DescribeVpnGatewaysCommand({}));
    return VpnGateways.flatMap(({ VpnGatewayId, VpcAttachments = [] }) =>
      VpcAttachments.filter(({ State }) => State === 'attached' || State === 'attaching').map(({ VpcId }) => ({
        id: attachmentId(VpcId, VpnGatewayId),
        parentId: VpcId,
        properties: { VpcId, VpnGatewayId },
      })),
    );
  },
};

function attachmentId(vpc: unknown, gateway: unknown): string {
  return `${vpc}|${gateway}`;
}

const associationType = 'AWS::DirectConnect::DirectConnectGatewayAssociation';

const directConnectAssociations: Reader = {
  type: associationType,
  async live({ directConnect: client }, made) {
    // Direct Connect lists the associations of one gateway only, and those of other gateways are none of the site's.
    const ours = made(associationType);
    const read = async (associationId: string) => {
      const { directConnectGatewayAssociations: found = [] } = await client.send(
        new DescribeDirectConnectGatewayAssociationsCommand({ associationId }),
      );
      const [association] = found.filter(({ associationState }) => associationState !== 'disassociated');
      return association && { properties: propertiesOf(association) };
    };
    return withDetails(ours, (id) => ({ id }), ours, read);
  },
};

function propertiesOf(association: DirectConnectGatewayAssociation) {
  return {
    DirectConnectGatewayId: association.directConnectGatewayId,
    AssociatedGatewayId: association.associatedGateway?.id,
    AllowedPrefixesToDirectConnectGateway: association.allowedPrefixesToDirectConnectGateway?.map(({ cidr }) => cidr),
  };
}

/** Readers of what joins a site's VPC to other networks by a virtual private gateway or Direct Connect. */
export const gatewayReaders: readonly Reader[] = [vpcGatewayAttachments, directConnectAssociations];
