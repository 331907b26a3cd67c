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
import { collect, type LiveResource, pick, type Reader, userTags, withDetails } from './reader';

const vpcs: Reader = {
  type: 'AWS::EC2::VPC',
  defaults: { InstanceTenancy: 'default' },
  async live({ ec2: client }, physicalIds) {
    const found = await collect(paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs);
    const listed = ({ VpcId: id = '' }: (typeof found)[number]) => ({ id });
    return withDetails(found, listed, physicalIds(this.type), async ({ VpcId, CidrBlock, InstanceTenancy, Tags }) => {
      const [{ EnableDnsHostnames }, { EnableDnsSupport }] = await Promise.all([
        client.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' })),
        client.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' })),
      ]);
      const names = { EnableDnsHostnames: EnableDnsHostnames?.Value, EnableDnsSupport: EnableDnsSupport?.Value };
      return { properties: { CidrBlock, InstanceTenancy, ...names, Tags: userTags(Tags) } };
    });
  },
};

const subnets: Reader = {
  type: 'AWS::EC2::Subnet',
  async live({ ec2: client }) {
    const found = await collect(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets);
    return found.map(({ SubnetId = '', VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, Tags }) => ({
      id: SubnetId,
      parentId: VpcId,
      properties: { VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch, Tags: userTags(Tags) },
    }));
  },
};

function tables(client: EC2Client): Promise<RouteTable[]> {
  return collect(paginateDescribeRouteTables({ client }, {}), (page) => page.RouteTables);
}

const routeTables: Reader = {
  type: 'AWS::EC2::RouteTable',
  defaults: { PropagatingVgws: [] },
  async live({ ec2 }) {
    // Every VPC has a main route table that no template declares.
    const found = (await tables(ec2)).filter(({ Associations = [] }) => !Associations.some(({ Main }) => Main));
    return found.map(({ RouteTableId = '', VpcId, PropagatingVgws = [], Tags }) => ({
      id: RouteTableId,
      parentId: VpcId,
      properties: { VpcId, PropagatingVgws: PropagatingVgws.map(({ GatewayId }) => GatewayId), Tags: userTags(Tags) },
    }));
  },
};

const routes: Reader = {
  type: 'AWS::EC2::Route',
  idOf: ({ properties }) => `${properties.RouteTableId}|${destinationOf(properties)}`,
  async live({ ec2 }, physicalIds) {
    const endpoints = physicalIds('AWS::EC2::VPCEndpoint');
    return (await tables(ec2)).flatMap((table) => routesOf(table, endpoints));
  },
};

/** Returns true for a route that AWS adds itself: the local route, and those of gateway endpoints and of route propagation. */
function isAddedByAws({ GatewayId = '', DestinationPrefixListId, Origin }: Route, endpoints: ReadonlySet<string>): boolean {
  const byEndpoint = DestinationPrefixListId !== undefined && endpoints.has(GatewayId);
  return GatewayId === 'local' || byEndpoint || Origin === 'EnableVgwRoutePropagation';
}

/** Route targets that Diptych never emits, reported for foreign routes. */
const otherTargets = [
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'EgressOnlyInternetGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
] as const;

function routesOf({ RouteTableId = '', Routes = [] }: RouteTable, endpoints: ReadonlySet<string>): LiveResource[] {
  return Routes.flatMap((route) => {
    if (isAddedByAws(route, endpoints)) return [];
    const { DestinationCidrBlock = null, DestinationIpv6CidrBlock, DestinationPrefixListId = null } = route;
    const { TransitGatewayId = null, GatewayId = null, NatGatewayId = null } = route;
    const destination = { RouteTableId, DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId };
    const properties = { ...destination, TransitGatewayId, GatewayId, NatGatewayId, ...pick(route, ...otherTargets) };
    return [{ id: `${RouteTableId}|${destinationOf(properties)}`, parentId: RouteTableId, properties }];
  });
}

type Values = Readonly<Record<string, unknown>>;

function destinationOf({ DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId }: Values): unknown {
  return DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId;
}

const tableAssociations: Reader = {
  type: 'AWS::EC2::SubnetRouteTableAssociation',
  // A subnet has at most one explicit association.
  idOf: ({ properties }) => String(properties.SubnetId),
  async live({ ec2 }) {
    return (await tables(ec2)).flatMap(({ RouteTableId, Associations = [] }) =>
      Associations.flatMap(({ SubnetId }) =>
        SubnetId ? [{ id: SubnetId, parentId: RouteTableId, properties: { SubnetId, RouteTableId } }] : [],
      ),
    );
  },
};

const transitGatewayAttachments: Reader = {
  type: 'AWS::EC2::TransitGatewayAttachment',
  async live({ ec2: client }) {
    const found = await collect(paginateDescribeTransitGatewayVpcAttachments({ client }, {}), (page) => page.TransitGatewayVpcAttachments);
    return found.map(({ TransitGatewayAttachmentId = '', TransitGatewayId, VpcId, SubnetIds, Tags }) => ({
      id: TransitGatewayAttachmentId,
      parentId: VpcId,
      properties: { TransitGatewayId, VpcId, SubnetIds, Tags: userTags(Tags) },
    }));
  },
};

/** Readers of VPCs, subnets, routes and transit gateway attachments. */
export const networkReaders: readonly Reader[] = [vpcs, subnets, routeTables, routes, tableAssociations, transitGatewayAttachments];
