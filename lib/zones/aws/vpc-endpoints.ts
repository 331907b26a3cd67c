import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { policyDocument, type TaggedSite, tagsOf } from '../../core/aws';
import { interfaceServices } from '../walls/cloud-segments';
import type { CloudSiteNetwork } from './network';
import type { Vpc } from './vpc';
import { interfacePolicy, type PolicyTerms, storagePolicy } from './vpc-endpoint-policies';

/** VPC endpoints of an isolated VPC: one interface endpoint per AWS service and a gateway endpoint for S3, each with its policy. */
export class VpcEndpoints extends Construct {
  constructor(scope: Construct, id: string, vpc: Vpc, site: CloudSiteNetwork, groupId: string, assetBucket: string, tagged: TaggedSite) {
    super(scope, id);
    const { region, account, imageRepository } = site;
    const { partition } = Stack.of(this);
    const repository = imageRepository.slice(imageRepository.indexOf('/') + 1);
    const terms: PolicyTerms = { site: site.id, account, region, partition, repository };
    for (const service of interfaceServices) {
      new CfnVPCEndpoint(this, service, {
        vpcId: vpc.vpcId,
        vpcEndpointType: 'Interface',
        serviceName: `com.amazonaws.${region}.${service}`,
        subnetIds: [...vpc.endpointSubnetIds],
        securityGroupIds: [groupId],
        privateDnsEnabled: true,
        policyDocument: policyDocument(interfacePolicy(service, terms)),
        tags: tagsOf(tagged, { name: service, role: 'endpoints' }),
      });
    }
    new CfnVPCEndpoint(this, 's3', {
      vpcId: vpc.vpcId,
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${region}.s3`,
      routeTableIds: [vpc.routeTableId],
      policyDocument: policyDocument(storagePolicy(terms, assetBucket)),
      tags: tagsOf(tagged, { name: 's3', role: 'endpoints' }),
    });
  }
}
