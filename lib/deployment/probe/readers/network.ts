import {
  DescribeVpcAttributeCommand,
  type EC2Client,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeTransitGatewayVpcAttachments,
  paginateDescribeVpcs,
  type Route,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import { all, detailed, type LiveResource, pick, type Reader, tags } from './reader';

const vpcs: Reader = {
  type: 'AWS::EC2::VPC',
  unstated: { InstanceTenancy: 'default' },
  async live({ ec2: client }, made) {
    const found = await all(paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs);
    const listed = ({ VpcId: id = '' }: (typeof found)[number]) => ({ id });
    return detailed(found, listed, made(this.type), async ({ VpcId, CidrBlock, InstanceTenancy, Tags }) => {
      const [{ EnableDnsHostnames }, { EnableDnsSupport }] = await Promise.all([
        client.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' })),
        client.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' })),
      ]);
      const names = { EnableDnsHostnames: EnableDnsHostnames?.Value, EnableDnsSupport: EnableDnsSupport?.Value };
      return { properties: { CidrBlock, InstanceTenancy, ...names, Tags: tags(Tags) } };
    });
  },
};

const subnets: Reader = {
  type: 'AWS::EC2::Subnet',
  async live({ ec2: client }) {
    const found = await all(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets);
    return found.map(({ SubnetId = '', VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, Tags }) => ({
      id: SubnetId,
      within: VpcId,
      properties: { VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, Tags: tags(Tags) },
    }));
  },
};

function tables(client: EC2Client): Promise<RouteTable[]> {
  return all(paginateDescribeRouteTables({ client }, {}), (page) => page.RouteTables);
}

const routeTables: Reader = {
  type: 'AWS::EC2::RouteTable',
  unstated: { PropagatingVgws: [] },
  async live({ ec2 }) {
    // Every network has a main table that nobody made.
    const found = (await tables(ec2)).filter(({ Associations = [] }) => !Associations.some(({ Main }) => Main));
    return found.map(({ RouteTableId = '', VpcId, PropagatingVgws = [], Tags }) => ({
      id: RouteTableId,
      within: VpcId,
      properties: { VpcId, PropagatingVgws: PropagatingVgws.map(({ GatewayId }) => GatewayId), Tags: tags(Tags) },
    }));
  },
};

const routes: Reader = {
  type: 'AWS::EC2::Route',
  idOf: ({ properties }) => `${properties.RouteTableId}|${destinationOf(properties)}`,
  async live({ ec2 }, made) {
    const endpoints = made('AWS::EC2::VPCEndpoint');
    return (await tables(ec2)).flatMap((table) => routesOf(table, endpoints));
  },
};

/** Whether a route is nobody's: it leads to the network itself, or comes with a gateway endpoint of ours or with what its table propagates. */
function isBrought({ GatewayId = '', DestinationPrefixListId, Origin }: Route, endpoints: ReadonlySet<string>): boolean {
  const byEndpoint = DestinationPrefixListId !== undefined && endpoints.has(GatewayId);
  return GatewayId === 'local' || byEndpoint || Origin === 'EnableVgwRoutePropagation';
}

/** Where no route of ours leads to: of others they say what it does. */
const otherTargets = [
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'EgressOnlyInternetGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
] as const;

function routesOf({ RouteTableId = '', Routes = [] }: RouteTable, endpoints: ReadonlySet<string>): LiveResource[] {
  return Routes.flatMap((route) => {
    if (isBrought(route, endpoints)) return [];
    const { DestinationCidrBlock = null, DestinationIpv6CidrBlock, DestinationPrefixListId = null } = route;
    const { TransitGatewayId = null, GatewayId = null, NatGatewayId = null } = route;
    const destination = { RouteTableId, DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId };
    const properties = { ...destination, TransitGatewayId, GatewayId, NatGatewayId, ...pick(route, ...otherTargets) };
    return [{ id: `${RouteTableId}|${destinationOf(properties)}`, within: RouteTableId, properties }];
  });
}

type Values = Readonly<Record<string, unknown>>;

function destinationOf({ DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId }: Values): unknown {
  return DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId;
}

const tableAssociations: Reader = {
  type: 'AWS::EC2::SubnetRouteTableAssociation',
  // A subnet has one table at most.
  idOf: ({ properties }) => String(properties.SubnetId),
  async live({ ec2 }) {
    return (await tables(ec2)).flatMap(({ RouteTableId, Associations = [] }) =>
      Associations.flatMap(({ SubnetId }) =>
        SubnetId ? [{ id: SubnetId, within: RouteTableId, properties: { SubnetId, RouteTableId } }] : [],
      ),
    );
  },
};

const transitGatewayAttachments: Reader = {
  type: 'AWS::EC2::TransitGatewayAttachment',
  async live({ ec2: client }) {
    const found = await all(paginateDescribeTransitGatewayVpcAttachments({ client }, {}), (page) => page.TransitGatewayVpcAttachments);
    return found.map(({ TransitGatewayAttachmentId = '', TransitGatewayId, VpcId, SubnetIds, Tags }) => ({
      id: TransitGatewayAttachmentId,
      within: VpcId,
      properties: { TransitGatewayId, VpcId, SubnetIds, Tags: tags(Tags) },
    }));
  },
};

/** Readers of a site's network and of where its traffic goes. */
export const networkReaders: readonly Reader[] = [vpcs, subnets, routeTables, routes, tableAssociations, transitGatewayAttachments];
