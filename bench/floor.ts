/** Bare floor: replays emitted resources with the untyped constructs of both CDKs, which accept any type and any attribute. */
import { CfnResource, type Stack } from 'aws-cdk-lib/core';
import { TerraformDataSource, type TerraformElement, TerraformProvider, TerraformResource, type TerraformStack } from 'cdktf';
import { type BlockKind, type Json, type Maker, replay } from './replay';

class RawResource extends TerraformResource {
  attributes: Json = {};
  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

class RawDataSource extends TerraformDataSource {
  attributes: Json = {};
  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

class RawProvider extends TerraformProvider {
  attributes: Json = {};
  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

const kinds = { provider: RawProvider, data: RawDataSource, resource: RawResource };

const maker: Maker = {
  resource(stack: Stack, logicalId: string, type: string, properties: Json): CfnResource {
    return new CfnResource(stack, logicalId, { type, properties });
  },
  block(
    stack: TerraformStack,
    id: string,
    kind: BlockKind,
    terraformResourceType: string,
    { lifecycle, ...attributes }: Json,
  ): TerraformElement {
    const element = new kinds[kind](stack, id, { terraformResourceType });
    element.attributes = attributes;
    // Without an override, the construct would replace it with its own property.
    if (lifecycle !== undefined) element.addOverride('lifecycle', lifecycle);
    return element;
  },
};

replay(maker);
