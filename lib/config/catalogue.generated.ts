// Made from baselines/*.yml by npm run generate.
import type { Catalogue } from "./catalogue.ts";

export const catalogue: Catalogue = [
 {
  "platform": "cloud-provider-aws",
  "title": "The AWS cloud provider of Kubernetes",
  "clusters": true,
  "rolesBy": "node",
  "parameters": {
   "node": {
    "kind": "choice",
    "values": [
     "controlplane",
     "worker"
    ],
    "required": true,
    "says": "Which nodes carry the role."
   }
  },
  "policies": {
   "controlplane": {
    "source": "kubernetes/cloud-provider-aws, docs/prerequisites.md, control plane policy",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeTags",
        "ec2:DescribeInstances",
        "ec2:DescribeRegions",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVolumes",
        "ec2:DescribeAvailabilityZones",
        "ec2:CreateSecurityGroup",
        "ec2:CreateTags",
        "ec2:CreateVolume",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifyVolume",
        "ec2:AttachVolume",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateRoute",
        "ec2:DeleteRoute",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteVolume",
        "ec2:DetachVolume",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:DescribeVpcs",
        "ec2:DescribeInstanceTopology",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:AttachLoadBalancerToSubnets",
        "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateLoadBalancerPolicy",
        "elasticloadbalancing:CreateLoadBalancerListeners",
        "elasticloadbalancing:ConfigureHealthCheck",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteLoadBalancerListeners",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DetachLoadBalancerFromSubnets",
        "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
        "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerPolicies",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
        "elasticloadbalancing:SetSecurityGroups",
        "iam:CreateServiceLinkedRole",
        "kms:DescribeKey"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "worker": {
    "source": "kubernetes/cloud-provider-aws, docs/prerequisites.md, node policy",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:DescribeInstances",
        "ec2:DescribeRegions",
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetRepositoryPolicy",
        "ecr:DescribeRepositories",
        "ecr:ListImages",
        "ecr:BatchGetImage"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "trust": {
    "source": "kubernetes/cloud-provider-aws, docs/prerequisites.md; the roles are for EC2 instances",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": "ec2.amazonaws.com"
       },
       "Action": "sts:AssumeRole"
      }
     ]
    }
   }
  },
  "consequences": [
   {
    "actions": [
     "elasticloadbalancing:*",
     "iam:createservicelinkedrole"
    ],
    "breaks": "Services of type LoadBalancer are not created, changed or removed."
   },
   {
    "actions": [
     "ec2:*volume*",
     "kms:describekey"
    ],
    "breaks": "Persistent volumes on EBS cannot be created, resized, attached or deleted."
   },
   {
    "actions": [
     "ec2:*securitygroup*",
     "ec2:modifyinstanceattribute",
     "ec2:createtags"
    ],
    "breaks": "Security groups for load balancers and nodes cannot be kept."
   },
   {
    "actions": [
     "ec2:*route*"
    ],
    "breaks": "Pod routes in the VPC cannot be kept."
   },
   {
    "actions": [
     "ec2:describe*",
     "autoscaling:*"
    ],
    "breaks": "Nodes, zones and the network cannot be found, so nodes stay uninitialized."
   },
   {
    "actions": [
     "ecr:*"
    ],
    "breaks": "Nodes cannot pull images from ECR."
   },
   {
    "actions": [
     "sts:assumerole"
    ],
    "breaks": "EC2 cannot hand the role to the nodes, so the cloud provider has no credentials."
   }
  ],
  "entries": [
   {
    "entry": "controlplane",
    "title": "Control plane nodes",
    "version": 1,
    "source": "kubernetes/cloud-provider-aws, docs/prerequisites.md",
    "date": "2026-03-07",
    "when": {
     "node": "controlplane"
    },
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "controlplane"
      }
     ]
    },
    "profile": {
     "rule": "required"
    },
    "severities": {
     "permissions-missing": "low"
    }
   },
   {
    "entry": "worker",
    "title": "Worker nodes",
    "version": 1,
    "source": "kubernetes/cloud-provider-aws, docs/prerequisites.md",
    "date": "2026-03-07",
    "when": {
     "node": "worker"
    },
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "worker"
      }
     ]
    },
    "profile": {
     "rule": "required"
    },
    "severities": {
     "permissions-missing": "low"
    }
   }
  ]
 },
 {
  "platform": "cluster-api",
  "title": "Cluster API provider AWS",
  "clusters": true,
  "rolesBy": "part",
  "parameters": {
   "part": {
    "kind": "choice",
    "values": [
     "control-plane",
     "controllers",
     "nodes",
     "eks-controlplane"
    ],
    "required": true,
    "says": "Which of the roles that clusterawsadm makes."
   }
  },
  "policies": {
   "cloud-provider-control-plane": {
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap, control-plane.cluster-api-provider-aws.sigs.k8s.io",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeTags",
        "ec2:AssignIpv6Addresses",
        "ec2:DescribeInstances",
        "ec2:DescribeImages",
        "ec2:DescribeRegions",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVolumes",
        "ec2:CreateSecurityGroup",
        "ec2:CreateTags",
        "ec2:CreateVolume",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifyVolume",
        "ec2:AttachVolume",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateRoute",
        "ec2:DeleteRoute",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteVolume",
        "ec2:DetachVolume",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:AttachLoadBalancerToSubnets",
        "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateLoadBalancerPolicy",
        "elasticloadbalancing:CreateLoadBalancerListeners",
        "elasticloadbalancing:ConfigureHealthCheck",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteLoadBalancerListeners",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DetachLoadBalancerFromSubnets",
        "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
        "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerPolicies",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
        "iam:CreateServiceLinkedRole",
        "kms:DescribeKey"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "cloud-provider-nodes": {
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap, nodes.cluster-api-provider-aws.sigs.k8s.io",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:AssignIpv6Addresses",
        "ec2:DescribeInstances",
        "ec2:DescribeRegions",
        "ec2:CreateTags",
        "ec2:DescribeTags",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeInstanceTypes",
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetRepositoryPolicy",
        "ecr:DescribeRepositories",
        "ecr:ListImages",
        "ecr:BatchGetImage"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": [
        "secretsmanager:DeleteSecret",
        "secretsmanager:GetSecretValue"
       ],
       "Resource": "arn:*:secretsmanager:*:*:secret:aws.cluster.x-k8s.io/*"
      },
      {
       "Effect": "Allow",
       "Action": [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
        "s3:GetEncryptionConfiguration"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "controllers": {
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap, controllers.cluster-api-provider-aws.sigs.k8s.io",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:DescribeIpamPools",
        "ec2:AllocateIpamPoolCidr",
        "ec2:AttachNetworkInterface",
        "ec2:DetachNetworkInterface",
        "ec2:AllocateAddress",
        "ec2:AssignIpv6Addresses",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
        "ec2:AssociateRouteTable",
        "ec2:AssociateVpcCidrBlock",
        "ec2:AttachInternetGateway",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateCarrierGateway",
        "ec2:CreateInternetGateway",
        "ec2:CreateEgressOnlyInternetGateway",
        "ec2:CreateNatGateway",
        "ec2:CreateNetworkInterface",
        "ec2:CreateRoute",
        "ec2:CreateRouteTable",
        "ec2:CreateSecurityGroup",
        "ec2:CreateSubnet",
        "ec2:CreateTags",
        "ec2:CreateVpc",
        "ec2:CreateVpcEndpoint",
        "ec2:DisassociateVpcCidrBlock",
        "ec2:ModifyVpcAttribute",
        "ec2:ModifyVpcEndpoint",
        "ec2:DeleteCarrierGateway",
        "ec2:DeleteInternetGateway",
        "ec2:DeleteEgressOnlyInternetGateway",
        "ec2:DeleteNatGateway",
        "ec2:DeleteRouteTable",
        "ec2:ReplaceRoute",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteSubnet",
        "ec2:DeleteTags",
        "ec2:DeleteVpc",
        "ec2:DeleteVpcEndpoints",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeCarrierGateways",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeEgressOnlyInternetGateways",
        "ec2:DescribeImages",
        "ec2:DescribeNatGateways",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeNetworkInterfaceAttribute",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeVpcEndpoints",
        "ec2:DescribeVolumes",
        "ec2:DescribeTags",
        "ec2:DetachInternetGateway",
        "ec2:DisassociateRouteTable",
        "ec2:DisassociateAddress",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:ModifySubnetAttribute",
        "ec2:ReleaseAddress",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:RunInstances",
        "ec2:TerminateInstances",
        "ec2:GetSecurityGroupsForVpc",
        "tag:GetResources",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:ConfigureHealthCheck",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
        "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:DeleteListener",
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeInstanceRefreshes",
        "autoscaling:DeleteLifecycleHook",
        "autoscaling:DescribeLifecycleHooks",
        "autoscaling:PutLifecycleHook",
        "ec2:CreateLaunchTemplate",
        "ec2:CreateLaunchTemplateVersion",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:DeleteLaunchTemplate",
        "ec2:DeleteLaunchTemplateVersions",
        "ec2:DescribeKeyPairs",
        "ec2:ModifyInstanceMetadataOptions",
        "eks:CreateAccessEntry",
        "eks:DeleteAccessEntry",
        "eks:DescribeAccessEntry",
        "eks:UpdateAccessEntry",
        "eks:ListAccessEntries",
        "eks:AssociateAccessPolicy",
        "eks:DisassociateAccessPolicy",
        "eks:ListAssociatedAccessPolicies"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": [
        "autoscaling:CancelInstanceRefresh",
        "autoscaling:CreateAutoScalingGroup",
        "autoscaling:UpdateAutoScalingGroup",
        "autoscaling:CreateOrUpdateTags",
        "autoscaling:StartInstanceRefresh",
        "autoscaling:DeleteAutoScalingGroup",
        "autoscaling:DeleteTags"
       ],
       "Resource": "arn:*:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*"
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "autoscaling.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "spot.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:PassRole",
       "Resource": "arn:*:iam::*:role/*.cluster-api-provider-aws.sigs.k8s.io"
      },
      {
       "Effect": "Allow",
       "Action": [
        "secretsmanager:CreateSecret",
        "secretsmanager:DeleteSecret",
        "secretsmanager:TagResource"
       ],
       "Resource": "arn:*:secretsmanager:*:*:secret:aws.cluster.x-k8s.io/*"
      }
     ]
    }
   },
   "controllers-eks": {
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap, controllers-eks.cluster-api-provider-aws.sigs.k8s.io",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": "ssm:GetParameter",
       "Resource": "arn:*:ssm:*:*:parameter/aws/service/eks/optimized-ami/*"
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "eks.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/eks-nodegroup.amazonaws.com/AWSServiceRoleForAmazonEKSNodegroup",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "eks-nodegroup.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:{{partition}}:iam::*:role/aws-service-role/eks-fargate-pods.amazonaws.com/AWSServiceRoleForAmazonEKSForFargate",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "eks-fargate.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": [
        "iam:GetRole",
        "iam:ListAttachedRolePolicies"
       ],
       "Resource": "arn:*:iam::*:role/*"
      },
      {
       "Effect": "Allow",
       "Action": "iam:GetPolicy",
       "Resource": "arn:{{partition}}:iam::aws:policy/AmazonEKSClusterPolicy"
      },
      {
       "Effect": "Allow",
       "Action": [
        "eks:DescribeCluster",
        "eks:ListClusters",
        "eks:CreateCluster",
        "eks:TagResource",
        "eks:UpdateClusterVersion",
        "eks:DeleteCluster",
        "eks:UpdateClusterConfig",
        "eks:UntagResource",
        "eks:UpdateNodegroupVersion",
        "eks:DescribeNodegroup",
        "eks:DeleteNodegroup",
        "eks:UpdateNodegroupConfig",
        "eks:CreateNodegroup",
        "eks:AssociateEncryptionConfig",
        "eks:ListIdentityProviderConfigs",
        "eks:AssociateIdentityProviderConfig",
        "eks:DescribeIdentityProviderConfig",
        "eks:DisassociateIdentityProviderConfig"
       ],
       "Resource": [
        "arn:*:eks:*:*:cluster/*",
        "arn:*:eks:*:*:nodegroup/*/*/*"
       ]
      },
      {
       "Effect": "Allow",
       "Action": [
        "ec2:AssociateVpcCidrBlock",
        "ec2:DisassociateVpcCidrBlock",
        "eks:ListAddons",
        "eks:CreateAddon",
        "eks:DescribeAddonVersions",
        "eks:DescribeAddon",
        "eks:DeleteAddon",
        "eks:UpdateAddon",
        "eks:TagResource",
        "eks:DescribeFargateProfile",
        "eks:CreateFargateProfile",
        "eks:DeleteFargateProfile"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": "iam:PassRole",
       "Resource": "*",
       "Condition": {
        "StringEquals": {
         "iam:PassedToService": "eks.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": [
        "kms:CreateGrant",
        "kms:DescribeKey"
       ],
       "Resource": "*",
       "Condition": {
        "ForAnyValue:StringLike": {
         "kms:ResourceAliases": "alias/cluster-api-provider-aws-*"
        }
       }
      }
     ]
    }
   },
   "as-printed": {
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap, two statements for the partition aws",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:aws:iam::*:role/aws-service-role/eks-fargate-pods.amazonaws.com/AWSServiceRoleForAmazonEKSForFargate",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "eks-fargate.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:GetPolicy",
       "Resource": "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
      }
     ]
    }
   },
   "AmazonEKSClusterPolicy": {
    "source": "AWS managed policy AmazonEKSClusterPolicy, v10",
    "date": "2026-02-12",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonEKSClusterPolicy",
    "version": "v10",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:UpdateAutoScalingGroup",
        "ec2:AttachVolume",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateRoute",
        "ec2:CreateSecurityGroup",
        "ec2:CreateTags",
        "ec2:CreateVolume",
        "ec2:DeleteRoute",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteVolume",
        "ec2:DescribeInstances",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVolumes",
        "ec2:DescribeVolumesModifications",
        "ec2:DescribeVpcs",
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeAvailabilityZones",
        "ec2:DetachVolume",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifyVolume",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeInstanceTopology",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
        "elasticloadbalancing:AttachLoadBalancerToSubnets",
        "elasticloadbalancing:ConfigureHealthCheck",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateLoadBalancerListeners",
        "elasticloadbalancing:CreateLoadBalancerPolicy",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteLoadBalancerListeners",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancerPolicies",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DetachLoadBalancerFromSubnets",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
        "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
        "kms:DescribeKey"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "*",
       "Condition": {
        "StringEquals": {
         "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "ec2:DeleteNetworkInterface",
       "Resource": "*",
       "Condition": {
        "StringEquals": {
         "ec2:ResourceTag/eks:eni:owner": "amazon-vpc-cni"
        }
       }
      }
     ]
    }
   },
   "AmazonEKSWorkerNodePolicy": {
    "source": "AWS managed policy AmazonEKSWorkerNodePolicy, v3",
    "date": "2023-11-27",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    "version": "v3",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVolumes",
        "ec2:DescribeVolumesModifications",
        "ec2:DescribeVpcs",
        "eks:DescribeCluster",
        "eks-auth:AssumeRoleForPodIdentity"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "AmazonEKS_CNI_Policy": {
    "source": "AWS managed policy AmazonEKS_CNI_Policy, v6",
    "date": "2026-03-04",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonEKS_CNI_Policy",
    "version": "v6",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:AssignPrivateIpAddresses",
        "ec2:AttachNetworkInterface",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeInstances",
        "ec2:DescribeTags",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeSubnets",
        "ec2:DescribeSecurityGroups",
        "ec2:DetachNetworkInterface",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:UnassignPrivateIpAddresses"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": "ec2:CreateTags",
       "Resource": "arn:{{partition}}:ec2:*:*:network-interface/*"
      }
     ]
    }
   },
   "ec2-trust": {
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": "ec2.amazonaws.com"
       },
       "Action": "sts:AssumeRole"
      }
     ]
    }
   },
   "controllers-trust": {
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": [
         "ec2.amazonaws.com",
         "pods.eks.amazonaws.com"
        ]
       },
       "Action": [
        "sts:AssumeRole",
        "sts:TagSession"
       ]
      }
     ]
    }
   },
   "eks-trust": {
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": "eks.amazonaws.com"
       },
       "Action": "sts:AssumeRole"
      }
     ]
    }
   }
  },
  "consequences": [
   {
    "actions": [
     "ec2:runinstances",
     "ec2:terminateinstances",
     "iam:passrole",
     "ec2:*launchtemplate*",
     "autoscaling:*"
    ],
    "breaks": "Machines and machine pools cannot be created or removed."
   },
   {
    "actions": [
     "secretsmanager:*",
     "ssm:*",
     "ssmmessages:*"
    ],
    "breaks": "Machines cannot get their bootstrap data, so they never join."
   },
   {
    "actions": [
     "elasticloadbalancing:*"
    ],
    "breaks": "Load balancers of the API server and of services cannot be kept."
   },
   {
    "actions": [
     "eks:*",
     "eks-auth:*",
     "iam:getrole",
     "iam:getpolicy",
     "iam:listattachedrolepolicies",
     "kms:*"
    ],
    "breaks": "EKS clusters and node groups cannot be managed."
   },
   {
    "actions": [
     "ec2:*"
    ],
    "breaks": "The network, volumes and instances of the clusters cannot be kept."
   },
   {
    "actions": [
     "ecr:*"
    ],
    "breaks": "Nodes cannot pull images from ECR."
   },
   {
    "actions": [
     "sts:assumerole",
     "sts:tagsession"
    ],
    "breaks": "What the role was made for cannot use it."
   }
  ],
  "entries": [
   {
    "entry": "control-plane",
    "title": "Control plane nodes",
    "version": 1,
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap",
    "date": "2026-03-07",
    "when": {
     "part": "control-plane"
    },
    "names": [
     "control-plane.cluster-api-provider-aws.sigs.k8s.io"
    ],
    "trust": [
     {
      "policy": "ec2-trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "cloud-provider-control-plane"
      },
      {
       "policy": "cloud-provider-nodes"
      },
      {
       "policy": "controllers"
      },
      {
       "policy": "controllers-eks"
      }
     ],
     "allowed": [
      {
       "policy": "as-printed"
      }
     ]
    },
    "profile": {
     "rule": "required",
     "usual": [
      "control-plane.cluster-api-provider-aws.sigs.k8s.io"
     ]
    }
   },
   {
    "entry": "controllers",
    "title": "The provider's controllers",
    "version": 1,
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap",
    "date": "2026-03-07",
    "when": {
     "part": "controllers"
    },
    "names": [
     "controllers.cluster-api-provider-aws.sigs.k8s.io"
    ],
    "trust": [
     {
      "policy": "controllers-trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "controllers"
      },
      {
       "policy": "controllers-eks"
      }
     ],
     "allowed": [
      {
       "policy": "as-printed"
      }
     ]
    },
    "profile": {
     "rule": "required",
     "usual": [
      "controllers.cluster-api-provider-aws.sigs.k8s.io"
     ]
    }
   },
   {
    "entry": "nodes",
    "title": "Worker nodes",
    "version": 1,
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap",
    "date": "2026-03-07",
    "when": {
     "part": "nodes"
    },
    "names": [
     "nodes.cluster-api-provider-aws.sigs.k8s.io"
    ],
    "trust": [
     {
      "policy": "ec2-trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "cloud-provider-nodes"
      },
      {
       "policy": "AmazonEKSWorkerNodePolicy"
      },
      {
       "policy": "AmazonEKS_CNI_Policy"
      }
     ]
    },
    "profile": {
     "rule": "required",
     "usual": [
      "nodes.cluster-api-provider-aws.sigs.k8s.io"
     ]
    }
   },
   {
    "entry": "eks-controlplane",
    "title": "The EKS control plane",
    "version": 1,
    "source": "kubernetes-sigs/cluster-api-provider-aws, clusterawsadm bootstrap",
    "date": "2026-03-07",
    "when": {
     "part": "eks-controlplane"
    },
    "names": [
     "eks-controlplane.cluster-api-provider-aws.sigs.k8s.io"
    ],
    "trust": [
     {
      "policy": "eks-trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "AmazonEKSClusterPolicy"
      }
     ]
    },
    "profile": {
     "rule": "any"
    }
   }
  ]
 },
 {
  "platform": "docker-cloud",
  "title": "Docker Cloud",
  "parameters": {
   "externalId": {
    "kind": "secret",
    "required": true,
    "says": "The Docker Cloud user or organization name, which the trust policy asks for as sts:ExternalId."
   },
   "region": {
    "kind": "region",
    "says": "The one EC2 region that the role is limited to; leave out for all regions."
   },
   "swarm": {
    "kind": "flag",
    "says": "The role of Swarm mode, dockercloud-swarm-role, rather than of node clusters."
   },
   "nodeClusters": {
    "kind": "flag",
    "says": "With `swarm`: the role of node clusters that was linked again for Swarm mode, and carries dockercloud-policy and dockercloud-swarm-policy."
   }
  },
  "foreignAccounts": [
   {
    "account": "689684103426",
    "says": "689684103426 is the account of Docker Cloud, whose runtime shut down on 21 May 2018: a third party that no longer serves you can still use the role.",
    "place": {
     "file": "baselines/docker-cloud.yml",
     "line": 21,
     "column": 5
    }
   }
  ],
  "legacyUsers": [
   {
    "name": "dockercloud-user",
    "says": "Docker Cloud's document tells to create the role, link it, and then delete dockercloud-user, the service user of the older method.",
    "place": {
     "file": "baselines/docker-cloud.yml",
     "line": 26,
     "column": 5
    }
   }
  ],
  "policies": {
   "all-regions": {
    "source": "Docker Cloud, \"Link an Amazon Web Services account\", dockercloud-policy",
    "date": "2018-05-21",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:*",
        "iam:ListInstanceProfiles"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "one-region": {
    "source": "Docker Cloud, \"Limit dockercloud-policy to a specific EC2 region\"",
    "date": "2018-05-21",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": "ec2:*",
       "Resource": "*",
       "Condition": {
        "StringEquals": {
         "ec2:Region": "{{region}}"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:ListInstanceProfiles",
       "Resource": "*"
      }
     ]
    }
   },
   "swarm": {
    "source": "Docker for AWS, \"IAM permissions\", which Swarm mode's document prints as dockercloud-swarm-policy",
    "date": "2018-05-21",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "cloudformation:CancelUpdateStack",
        "cloudformation:ContinueUpdateRollback",
        "cloudformation:CreateChangeSet",
        "cloudformation:CreateStack",
        "cloudformation:CreateUploadBucket",
        "cloudformation:DeleteStack",
        "cloudformation:DescribeAccountLimits",
        "cloudformation:DescribeChangeSet",
        "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStackResource",
        "cloudformation:DescribeStackResources",
        "cloudformation:DescribeStacks",
        "cloudformation:EstimateTemplateCost",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:GetStackPolicy",
        "cloudformation:GetTemplate",
        "cloudformation:GetTemplateSummary",
        "cloudformation:ListChangeSets",
        "cloudformation:ListStackResources",
        "cloudformation:ListStacks",
        "cloudformation:PreviewStackUpdate",
        "cloudformation:SetStackPolicy",
        "cloudformation:SignalResource",
        "cloudformation:UpdateStack",
        "cloudformation:ValidateTemplate",
        "ec2:AllocateHosts",
        "ec2:AssignPrivateIpAddresses",
        "ec2:AssociateRouteTable",
        "ec2:AttachInternetGateway",
        "ec2:AttachNetworkInterface",
        "ec2:AttachVolume",
        "ec2:AuthorizeSecurityGroupEgress",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateInternetGateway",
        "ec2:CreateNatGateway",
        "ec2:CreateNetworkAcl",
        "ec2:CreateNetworkAclEntry",
        "ec2:CreateNetworkInterface",
        "ec2:CreateRoute",
        "ec2:CreateRouteTable",
        "ec2:CreateSecurityGroup",
        "ec2:CreateSubnet",
        "ec2:CreateTags",
        "ec2:CreateVolume",
        "ec2:CreateVpc",
        "ec2:DeleteInternetGateway",
        "ec2:DeleteNatGateway",
        "ec2:DeleteNetworkAcl",
        "ec2:DeleteNetworkAclEntry",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteRoute",
        "ec2:DeleteRouteTable",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteSubnet",
        "ec2:DeleteTags",
        "ec2:DeleteVolume",
        "ec2:DeleteVpc",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeHosts",
        "ec2:DescribeImageAttribute",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeKeyPairs",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRegions",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVolumeAttribute",
        "ec2:DescribeVolumeStatus",
        "ec2:DescribeVolumes",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeVpcs",
        "ec2:DetachInternetGateway",
        "ec2:DetachNetworkInterface",
        "ec2:DetachVolume",
        "ec2:DisassociateAddress",
        "ec2:DisassociateRouteTable",
        "ec2:GetConsoleOutput",
        "ec2:GetConsoleScreenshot",
        "ec2:ImportKeyPair",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:ModifyVpcAttribute",
        "ec2:ModifySubnetAttribute",
        "ec2:RebootInstances",
        "ec2:ReleaseAddress",
        "ec2:ReleaseHosts",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:RunInstances",
        "ec2:StartInstances",
        "ec2:StopInstances",
        "ec2:TerminateInstances",
        "autoscaling:AttachInstances",
        "autoscaling:AttachLoadBalancers",
        "autoscaling:CompleteLifecycleAction",
        "autoscaling:CreateAutoScalingGroup",
        "autoscaling:CreateLaunchConfiguration",
        "autoscaling:CreateOrUpdateTags",
        "autoscaling:DeleteAutoScalingGroup",
        "autoscaling:DeleteLaunchConfiguration",
        "autoscaling:DeleteLifecycleHook",
        "autoscaling:DeleteNotificationConfiguration",
        "autoscaling:DeletePolicy",
        "autoscaling:DeleteScheduledAction",
        "autoscaling:DeleteTags",
        "autoscaling:DescribeAccountLimits",
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeAutoScalingNotificationTypes",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeLifecycleHookTypes",
        "autoscaling:DescribeLifecycleHooks",
        "autoscaling:DescribeLoadBalancers",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeScheduledActions",
        "autoscaling:DescribeTags",
        "autoscaling:DetachInstances",
        "autoscaling:DetachLoadBalancers",
        "autoscaling:DisableMetricsCollection",
        "autoscaling:EnableMetricsCollection",
        "autoscaling:EnterStandby",
        "autoscaling:ExecutePolicy",
        "autoscaling:ExitStandby",
        "autoscaling:PutLifecycleHook",
        "autoscaling:PutNotificationConfiguration",
        "autoscaling:PutScalingPolicy",
        "autoscaling:PutScheduledUpdateGroupAction",
        "autoscaling:RecordLifecycleActionHeartbeat",
        "autoscaling:ResumeProcesses",
        "autoscaling:SetDesiredCapacity",
        "autoscaling:SetInstanceHealth",
        "autoscaling:SetInstanceProtection",
        "autoscaling:SuspendProcesses",
        "autoscaling:TerminateInstanceInAutoScalingGroup",
        "autoscaling:UpdateAutoScalingGroup",
        "dynamodb:CreateTable",
        "dynamodb:DeleteItem",
        "dynamodb:DeleteTable",
        "dynamodb:DescribeTable",
        "dynamodb:GetItem",
        "dynamodb:ListTables",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "dynamodb:UpdateTable",
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DeleteLogGroup",
        "logs:DeleteLogStream",
        "logs:DescribeLogGroups",
        "logs:GetLogEvents",
        "logs:PutLogEvents",
        "logs:PutRetentionPolicy",
        "sqs:ChangeMessageVisibility",
        "sqs:CreateQueue",
        "sqs:DeleteMessage",
        "sqs:DeleteQueue",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ListQueues",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
        "sqs:SetQueueAttributes",
        "iam:AddRoleToInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:CreateRole",
        "iam:DeleteInstanceProfile",
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:GetRole",
        "iam:PassRole",
        "iam:PutRolePolicy",
        "iam:RemoveRoleFromInstanceProfile",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
        "elasticloadbalancing:AttachLoadBalancerToSubnets",
        "elasticloadbalancing:ConfigureHealthCheck",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateLoadBalancerListeners",
        "elasticloadbalancing:CreateLoadBalancerPolicy",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteLoadBalancerListeners",
        "elasticloadbalancing:DeleteLoadBalancerPolicy",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:DescribeInstanceHealth",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancerPolicyTypes",
        "elasticloadbalancing:DescribeLoadBalancerPolicies",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeSSLPolicies",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DetachLoadBalancerFromSubnets",
        "elasticloadbalancing:DisableAvailabilityZonesForLoadBalancer",
        "elasticloadbalancing:EnableAvailabilityZonesForLoadBalancer",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetLoadBalancerListenerSSLCertificate",
        "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
        "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
        "elasticloadbalancing:SetRulePriorities",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
        "elasticfilesystem:*",
        "lambda:CreateFunction",
        "lambda:DeleteFunction",
        "lambda:GetFunctionConfiguration",
        "lambda:InvokeFunction",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "trust": {
    "source": "Docker Cloud, \"Create a dockercloud-role role\", steps 3 to 6",
    "date": "2018-05-21",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "AWS": "arn:{{partition}}:iam::689684103426:root"
       },
       "Action": "sts:AssumeRole",
       "Condition": {
        "StringEquals": {
         "sts:ExternalId": "{{externalId}}"
        }
       }
      }
     ]
    }
   }
  },
  "consequences": [
   {
    "actions": [
     "ec2:*"
    ],
    "breaks": "Docker Cloud cannot create, list, start, stop or terminate the nodes of your clusters."
   },
   {
    "actions": [
     "cloudformation:*",
     "autoscaling:*",
     "elasticloadbalancing:*",
     "elasticfilesystem:*",
     "dynamodb:*",
     "logs:*",
     "sqs:*",
     "lambda:*",
     "iam:*role*",
     "iam:*instanceprofile"
    ],
    "breaks": "Docker Cloud cannot create, change or remove your swarms."
   },
   {
    "actions": [
     "iam:listinstanceprofiles"
    ],
    "breaks": "Docker Cloud cannot list the instance profiles to apply to your nodes."
   },
   {
    "actions": [
     "sts:assumerole"
    ],
    "breaks": "Docker Cloud cannot assume the role, so the account is not linked."
   }
  ],
  "entries": [
   {
    "entry": "swarm-and-nodes",
    "title": "The node cluster role, linked again for Swarm mode",
    "version": 1,
    "source": "Docker Cloud, \"Attach a policy for legacy AWS links\"",
    "date": "2018-05-21",
    "when": {
     "swarm": true,
     "nodeClusters": true
    },
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "swarm"
      },
      {
       "policy": "one-region",
       "when": {
        "region": "set"
       }
      },
      {
       "policy": "all-regions",
       "when": {
        "region": "unset"
       }
      }
     ]
    },
    "profile": {
     "rule": "any"
    },
    "retired": {
     "since": "2018-05-21",
     "says": "Docker Cloud's runtime shut down on 21 May 2018. The role may match its document to the letter and still gives a third party that no longer serves you the run of the account, since it may write and pass roles: delete it."
    },
    "severities": {
     "permissions-missing": "low",
     "trust-missing": "low",
     "trust-mfa": "low"
    }
   },
   {
    "entry": "swarm",
    "title": "The Swarm mode role",
    "version": 1,
    "source": "Docker Cloud, \"Link Amazon Web Services to Docker Cloud\" for Swarm mode",
    "date": "2018-05-21",
    "when": {
     "swarm": true,
     "region": "unset"
    },
    "names": [
     "dockercloud-swarm-role",
     "dockercloud-swarm-role-*"
    ],
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "swarm"
      }
     ]
    },
    "profile": {
     "rule": "any"
    },
    "retired": {
     "since": "2018-05-21",
     "says": "Docker Cloud's runtime shut down on 21 May 2018. The role may match its document to the letter and still gives a third party that no longer serves you the run of the account, since it may write and pass roles: delete it."
    },
    "severities": {
     "permissions-missing": "low",
     "trust-missing": "low",
     "trust-mfa": "low"
    }
   },
   {
    "entry": "role",
    "title": "The node cluster role",
    "version": 1,
    "source": "Docker Cloud, \"Link an Amazon Web Services account\"",
    "date": "2018-05-21",
    "when": {
     "swarm": false
    },
    "names": [
     "dockercloud-role",
     "dockercloud-role-*"
    ],
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "passRoleByName": true,
     "required": [
      {
       "policy": "one-region",
       "when": {
        "region": "set"
       }
      },
      {
       "policy": "all-regions",
       "when": {
        "region": "unset"
       }
      }
     ]
    },
    "profile": {
     "rule": "any"
    },
    "retired": {
     "since": "2018-05-21",
     "says": "Docker Cloud's runtime shut down on 21 May 2018. The role may match its document to the letter and still gives a third party that no longer serves you full control over EC2: delete it."
    },
    "severities": {
     "permissions-missing": "low",
     "trust-missing": "low",
     "trust-mfa": "low"
    }
   }
  ]
 },
 {
  "platform": "ecs",
  "title": "Amazon ECS",
  "parameters": {
   "anywhere": {
    "kind": "flag",
    "says": "The role of external instances (ECS Anywhere), which Systems Manager assumes."
   },
   "managedInstances": {
    "kind": "flag",
    "says": "The role of ECS Managed Instances, which AWS's document calls ecsInstanceRole too."
   },
   "s3ReadOnly": {
    "kind": "choice",
    "values": [
     "forbidden",
     "allowed",
     "required"
    ],
    "says": "Whether the documented add-on AmazonS3ReadOnlyAccess, or less of it, may be on the role."
   }
  },
  "policies": {
   "AmazonEC2ContainerServiceforEC2Role": {
    "source": "AWS managed policy AmazonEC2ContainerServiceforEC2Role, v10",
    "date": "2026-02-12",
    "arn": "arn:{{partition}}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
    "version": "v10",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:DescribeTags",
        "ecs:CreateCluster",
        "ecs:DeregisterContainerInstance",
        "ecs:DiscoverPollEndpoint",
        "ecs:Poll",
        "ecs:RegisterContainerInstance",
        "ecs:StartTelemetrySession",
        "ecs:UpdateContainerInstancesState",
        "ecs:Submit*",
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetImage",
        "logs:CreateLogStream",
        "logs:PutLogEvents"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": "ecs:TagResource",
       "Resource": "*",
       "Condition": {
        "StringEquals": {
         "ecs:CreateAction": [
          "CreateCluster",
          "RegisterContainerInstance"
         ]
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "ecs:ListTagsForResource",
       "Resource": [
        "arn:{{partition}}:ecs:*:*:task/*/*",
        "arn:{{partition}}:ecs:*:*:container-instance/*/*"
       ]
      }
     ]
    }
   },
   "AmazonECSInstanceRolePolicyForManagedInstances": {
    "source": "AWS managed policy AmazonECSInstanceRolePolicyForManagedInstances, v3",
    "date": "2026-02-12",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonECSInstanceRolePolicyForManagedInstances",
    "version": "v3",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": "ecs:DiscoverPollEndpoint",
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": [
        "ecs:RegisterContainerInstance",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitTaskStateChange"
       ],
       "Resource": "arn:{{partition}}:ecs:*:*:cluster/*"
      },
      {
       "Effect": "Allow",
       "Action": [
        "ecs:Poll",
        "ecs:StartTelemetrySession",
        "ecs:PutSystemLogEvents"
       ],
       "Resource": "arn:{{partition}}:ecs:*:*:container-instance/*"
      }
     ]
    }
   },
   "AmazonS3ReadOnlyAccess": {
    "source": "AWS managed policy AmazonS3ReadOnlyAccess, v3",
    "date": "2023-08-10",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonS3ReadOnlyAccess",
    "version": "v3",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "s3:Get*",
        "s3:List*",
        "s3:Describe*",
        "s3-object-lambda:Get*",
        "s3-object-lambda:List*"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "AmazonSSMManagedInstanceCore": {
    "source": "AWS managed policy AmazonSSMManagedInstanceCore, v2",
    "date": "2019-05-23",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonSSMManagedInstanceCore",
    "version": "v2",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ssm:DescribeAssociation",
        "ssm:GetDeployablePatchSnapshotForInstance",
        "ssm:GetDocument",
        "ssm:DescribeDocument",
        "ssm:GetManifest",
        "ssm:GetParameter",
        "ssm:GetParameters",
        "ssm:ListAssociations",
        "ssm:ListInstanceAssociations",
        "ssm:PutInventory",
        "ssm:PutComplianceItems",
        "ssm:PutConfigurePackageResult",
        "ssm:UpdateAssociationStatus",
        "ssm:UpdateInstanceAssociationStatus",
        "ssm:UpdateInstanceInformation"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": [
        "ec2messages:AcknowledgeMessage",
        "ec2messages:DeleteMessage",
        "ec2messages:FailMessage",
        "ec2messages:GetEndpoint",
        "ec2messages:GetMessages",
        "ec2messages:SendReply"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "ec2-trust": {
    "source": "Amazon ECS developer guide, \"Amazon ECS container instance IAM role\", trust relationship",
    "date": "2022-04-12",
    "document": {
     "Version": "2008-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": "ec2.amazonaws.com"
       },
       "Action": "sts:AssumeRole"
      }
     ]
    }
   },
   "ssm-trust": {
    "source": "Amazon ECS developer guide, \"Required IAM permissions for external instances\"",
    "date": "2022-04-12",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": "ssm.amazonaws.com"
       },
       "Action": "sts:AssumeRole"
      }
     ]
    }
   }
  },
  "consequences": [
   {
    "actions": [
     "ecs:registercontainerinstance",
     "ecs:deregistercontainerinstance",
     "ecs:createcluster",
     "ecs:discoverpollendpoint",
     "ecs:updatecontainerinstancesstate"
    ],
    "breaks": "The container agent cannot register the instance with its cluster, or drain it."
   },
   {
    "actions": [
     "ecs:poll",
     "ecs:submit*"
    ],
    "breaks": "The container agent cannot take tasks or report their state."
   },
   {
    "actions": [
     "ecs:starttelemetrysession"
    ],
    "breaks": "The container agent cannot send metrics."
   },
   {
    "actions": [
     "ecs:putsystemlogevents"
    ],
    "breaks": "The instance's system logs cannot be sent, which ECS asks for to find what is wrong with a task."
   },
   {
    "actions": [
     "ecr:*"
    ],
    "breaks": "Container instances cannot pull images from ECR."
   },
   {
    "actions": [
     "logs:*"
    ],
    "breaks": "The awslogs driver cannot write the containers' logs."
   },
   {
    "actions": [
     "ecs:tagresource",
     "ecs:listtagsforresource",
     "ec2:describetags"
    ],
    "breaks": "Container instances cannot be tagged on registration, and tags of tasks cannot be read."
   },
   {
    "actions": [
     "ssm:*",
     "ssmmessages:*",
     "ec2messages:*"
    ],
    "breaks": "Systems Manager loses the external instance, and ECS Anywhere with it."
   },
   {
    "actions": [
     "s3:*",
     "s3-object-lambda:*"
    ],
    "breaks": "Instances cannot read ecs.config from the private bucket at launch."
   },
   {
    "actions": [
     "sts:assumerole"
    ],
    "breaks": "The service cannot hand the role to the instance, so the container agent has no credentials."
   }
  ],
  "entries": [
   {
    "entry": "anywhere",
    "title": "The role of external instances",
    "version": 1,
    "source": "Amazon ECS developer guide, \"Required IAM permissions for external instances\"",
    "date": "2022-04-12",
    "when": {
     "anywhere": true
    },
    "names": [
     "ecsAnywhereRole",
     "ECSAnywhereRole",
     "ecsExternalInstanceRole"
    ],
    "trust": [
     {
      "policy": "ssm-trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "AmazonEC2ContainerServiceforEC2Role"
      },
      {
       "policy": "AmazonSSMManagedInstanceCore"
      },
      {
       "policy": "AmazonS3ReadOnlyAccess",
       "when": {
        "s3ReadOnly": "required"
       }
      }
     ],
     "allowed": [
      {
       "policy": "AmazonS3ReadOnlyAccess",
       "when": {
        "s3ReadOnly": "allowed"
       }
      }
     ]
    },
    "profile": {
     "rule": "any"
    }
   },
   {
    "entry": "managed-instances",
    "title": "The role of ECS Managed Instances",
    "version": 1,
    "source": "Amazon ECS developer guide, \"Amazon ECS Managed Instances instance profile\"",
    "date": "2026-02-12",
    "when": {
     "managedInstances": true
    },
    "trust": [
     {
      "policy": "ec2-trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "AmazonECSInstanceRolePolicyForManagedInstances"
      },
      {
       "policy": "AmazonS3ReadOnlyAccess",
       "when": {
        "s3ReadOnly": "required"
       }
      }
     ],
     "allowed": [
      {
       "policy": "AmazonS3ReadOnlyAccess",
       "when": {
        "s3ReadOnly": "allowed"
       }
      }
     ]
    },
    "profile": {
     "rule": "required",
     "usual": [
      "ecsInstanceRole"
     ]
    }
   },
   {
    "entry": "instance",
    "title": "The container instance role",
    "version": 1,
    "source": "Amazon ECS developer guide, \"Amazon ECS container instance IAM role\"",
    "date": "2022-04-12",
    "names": [
     "ecsInstanceRole"
    ],
    "trust": [
     {
      "policy": "ec2-trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "AmazonEC2ContainerServiceforEC2Role"
      },
      {
       "policy": "AmazonS3ReadOnlyAccess",
       "when": {
        "s3ReadOnly": "required"
       }
      }
     ],
     "allowed": [
      {
       "policy": "AmazonS3ReadOnlyAccess",
       "when": {
        "s3ReadOnly": "allowed"
       }
      }
     ]
    },
    "profile": {
     "rule": "required",
     "usual": [
      "ecsInstanceRole-profile",
      "ecsInstanceRole"
     ]
    }
   }
  ]
 },
 {
  "platform": "eks-node",
  "title": "Amazon EKS nodes",
  "parameters": {
   "cni": {
    "kind": "choice",
    "values": [
     "forbidden",
     "allowed",
     "required"
    ],
    "says": "Whether AmazonEKS_CNI_Policy, or the one for IPv6, may be on the node role; they are better on a role of their own."
   }
  },
  "policies": {
   "AmazonEKSWorkerNodePolicy": {
    "source": "AWS managed policy AmazonEKSWorkerNodePolicy, v3",
    "date": "2023-11-27",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    "version": "v3",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVolumes",
        "ec2:DescribeVolumesModifications",
        "ec2:DescribeVpcs",
        "eks:DescribeCluster",
        "eks-auth:AssumeRoleForPodIdentity"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "AmazonEC2ContainerRegistryPullOnly": {
    "source": "AWS managed policy AmazonEC2ContainerRegistryPullOnly, v1",
    "date": "2024-10-04",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    "version": "v1",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ecr:GetAuthorizationToken",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
        "ecr:BatchImportUpstreamImage"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "AmazonEC2ContainerRegistryReadOnly": {
    "source": "AWS managed policy AmazonEC2ContainerRegistryReadOnly, v3",
    "date": "2019-12-10",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly",
    "version": "v3",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetRepositoryPolicy",
        "ecr:DescribeRepositories",
        "ecr:ListImages",
        "ecr:DescribeImages",
        "ecr:BatchGetImage",
        "ecr:GetLifecyclePolicy",
        "ecr:GetLifecyclePolicyPreview",
        "ecr:ListTagsForResource",
        "ecr:DescribeImageScanFindings"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "AmazonEKS_CNI_Policy": {
    "source": "AWS managed policy AmazonEKS_CNI_Policy, v6",
    "date": "2026-03-04",
    "arn": "arn:{{partition}}:iam::aws:policy/AmazonEKS_CNI_Policy",
    "version": "v6",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:AssignPrivateIpAddresses",
        "ec2:AttachNetworkInterface",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeInstances",
        "ec2:DescribeTags",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeSubnets",
        "ec2:DescribeSecurityGroups",
        "ec2:DetachNetworkInterface",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:UnassignPrivateIpAddresses"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": "ec2:CreateTags",
       "Resource": "arn:{{partition}}:ec2:*:*:network-interface/*"
      }
     ]
    }
   },
   "AmazonEKS_CNI_IPv6_Policy": {
    "source": "Amazon EKS user guide, \"Configure Amazon VPC CNI plugin to use IRSA\": the policy of your own that clusters of the IPv6 family need in the place of AmazonEKS_CNI_Policy",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:AssignIpv6Addresses",
        "ec2:DescribeInstances",
        "ec2:DescribeTags",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeInstanceTypes"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": "ec2:CreateTags",
       "Resource": "arn:{{partition}}:ec2:*:*:network-interface/*"
      }
     ]
    }
   },
   "registry": {
    "source": "Amazon EKS user guide, \"Amazon EKS node IAM role\"; what both registry policies have",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ecr:GetAuthorizationToken",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "trust": {
    "source": "Amazon EKS user guide, \"Amazon EKS node IAM role\"",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": "ec2.amazonaws.com"
       },
       "Action": "sts:AssumeRole"
      }
     ]
    }
   }
  },
  "consequences": [
   {
    "actions": [
     "ecr:*"
    ],
    "breaks": "Nodes cannot pull images from ECR, those of EKS's own add-ons among them."
   },
   {
    "actions": [
     "eks:describecluster",
     "ec2:describe*"
    ],
    "breaks": "The kubelet cannot find its cluster, so nodes do not join."
   },
   {
    "actions": [
     "eks-auth:*"
    ],
    "breaks": "Pods get no credentials from EKS Pod Identity."
   },
   {
    "actions": [
     "ec2:*networkinterface*",
     "ec2:*privateipaddresses",
     "ec2:createtags"
    ],
    "breaks": "The VPC CNI cannot give addresses to pods."
   },
   {
    "actions": [
     "sts:assumerole"
    ],
    "breaks": "EC2 cannot hand the role to the nodes, so they do not join."
   }
  ],
  "entries": [
   {
    "entry": "node",
    "title": "The node role",
    "version": 1,
    "source": "Amazon EKS user guide, \"Amazon EKS node IAM role\"",
    "date": "2026-03-07",
    "names": [
     "AmazonEKSNodeRole"
    ],
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "AmazonEKSWorkerNodePolicy"
      },
      {
       "policy": "registry"
      },
      {
       "policy": "AmazonEKS_CNI_Policy",
       "when": {
        "cni": "required"
       }
      }
     ],
     "allowed": [
      {
       "policy": "AmazonEC2ContainerRegistryPullOnly"
      },
      {
       "policy": "AmazonEC2ContainerRegistryReadOnly"
      },
      {
       "policy": "AmazonEKS_CNI_Policy",
       "when": {
        "cni": "allowed"
       }
      },
      {
       "policy": "AmazonEKS_CNI_IPv6_Policy",
       "when": {
        "cni": "allowed"
       }
      }
     ]
    },
    "profile": {
     "rule": "required"
    }
   }
  ]
 },
 {
  "platform": "kommander",
  "title": "D2iQ Kommander",
  "parameters": {
   "externalId": {
    "kind": "secret",
    "says": "The External ID of the infrastructure provider, when one is set in Kommander."
   },
   "trustedAccount": {
    "kind": "account",
    "says": "The account that may assume the role; this account when left out."
   },
   "managementRole": {
    "kind": "role",
    "says": "Name of the role on the management cluster, which must be allowed to assume this role."
   },
   "dkp": {
    "kind": "flag",
    "says": "The bootstrapper role of DKP 2, dkp-bootstrapper-role, rather than Kommander's."
   }
  },
  "policies": {
   "cluster": {
    "source": "Kommander 2.1, \"Configure an AWS Provider with a User Role\", minimal policy, first seven statements; the same as dkp-bootstrapper-policy of DKP Konvoy 2.2",
    "date": "2021-11-01",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:AllocateAddress",
        "ec2:AssociateRouteTable",
        "ec2:AttachInternetGateway",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateInternetGateway",
        "ec2:CreateNatGateway",
        "ec2:CreateRoute",
        "ec2:CreateRouteTable",
        "ec2:CreateSecurityGroup",
        "ec2:CreateSubnet",
        "ec2:CreateTags",
        "ec2:CreateVpc",
        "ec2:ModifyVpcAttribute",
        "ec2:DeleteInternetGateway",
        "ec2:DeleteNatGateway",
        "ec2:DeleteRouteTable",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteSubnet",
        "ec2:DeleteTags",
        "ec2:DeleteVpc",
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeImages",
        "ec2:DescribeNatGateways",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeNetworkInterfaceAttribute",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeVolumes",
        "ec2:DetachInternetGateway",
        "ec2:DisassociateRouteTable",
        "ec2:DisassociateAddress",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:ModifySubnetAttribute",
        "ec2:ReleaseAddress",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:RunInstances",
        "ec2:TerminateInstances",
        "tag:GetResources",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:ConfigureHealthCheck",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
        "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
        "elasticloadbalancing:RemoveTags",
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeInstanceRefreshes",
        "ec2:CreateLaunchTemplate",
        "ec2:CreateLaunchTemplateVersion",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:DeleteLaunchTemplate",
        "ec2:DeleteLaunchTemplateVersions",
        "ec2:DescribeKeyPairs"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": [
        "autoscaling:CreateAutoScalingGroup",
        "autoscaling:UpdateAutoScalingGroup",
        "autoscaling:CreateOrUpdateTags",
        "autoscaling:StartInstanceRefresh",
        "autoscaling:DeleteAutoScalingGroup",
        "autoscaling:DeleteTags"
       ],
       "Resource": "arn:*:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*"
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "autoscaling.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "spot.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:PassRole",
       "Resource": "arn:*:iam::*:role/*.cluster-api-provider-aws.sigs.k8s.io"
      },
      {
       "Effect": "Allow",
       "Action": [
        "secretsmanager:CreateSecret",
        "secretsmanager:DeleteSecret",
        "secretsmanager:TagResource"
       ],
       "Resource": "arn:*:secretsmanager:*:*:secret:aws.cluster.x-k8s.io/*"
      }
     ]
    }
   },
   "eks": {
    "source": "Kommander 2.1, \"Configure an AWS Provider with a User Role\", minimal policy, what EKS clusters need",
    "date": "2021-11-01",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": "ssm:GetParameter",
       "Resource": "arn:*:ssm:*:*:parameter/aws/service/eks/optimized-ami/*"
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "eks.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:*:iam::*:role/aws-service-role/eks-nodegroup.amazonaws.com/AWSServiceRoleForAmazonEKSNodegroup",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "eks-nodegroup.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:{{partition}}:iam::*:role/aws-service-role/eks-fargate-pods.amazonaws.com/AWSServiceRoleForAmazonEKSForFargate",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "eks-fargate.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": [
        "iam:GetRole",
        "iam:ListAttachedRolePolicies"
       ],
       "Resource": "arn:*:iam::*:role/*"
      },
      {
       "Effect": "Allow",
       "Action": "iam:GetPolicy",
       "Resource": "arn:{{partition}}:iam::aws:policy/AmazonEKSClusterPolicy"
      },
      {
       "Effect": "Allow",
       "Action": [
        "eks:DescribeCluster",
        "eks:ListClusters",
        "eks:CreateCluster",
        "eks:TagResource",
        "eks:UpdateClusterVersion",
        "eks:DeleteCluster",
        "eks:UpdateClusterConfig",
        "eks:UntagResource",
        "eks:UpdateNodegroupVersion",
        "eks:DescribeNodegroup",
        "eks:DeleteNodegroup",
        "eks:UpdateNodegroupConfig",
        "eks:CreateNodegroup",
        "eks:AssociateEncryptionConfig"
       ],
       "Resource": [
        "arn:*:eks:*:*:cluster/*",
        "arn:*:eks:*:*:nodegroup/*/*/*"
       ]
      },
      {
       "Effect": "Allow",
       "Action": [
        "eks:ListAddons",
        "eks:CreateAddon",
        "eks:DescribeAddonVersions",
        "eks:DescribeAddon",
        "eks:DeleteAddon",
        "eks:UpdateAddon",
        "eks:TagResource",
        "eks:DescribeFargateProfile",
        "eks:CreateFargateProfile",
        "eks:DeleteFargateProfile"
       ],
       "Resource": "*"
      },
      {
       "Effect": "Allow",
       "Action": "iam:PassRole",
       "Resource": "*",
       "Condition": {
        "StringEquals": {
         "iam:PassedToService": "eks.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": [
        "kms:CreateGrant",
        "kms:DescribeKey"
       ],
       "Resource": "*",
       "Condition": {
        "ForAnyValue:StringLike": {
         "kms:ResourceAliases": "alias/cluster-api-provider-aws-*"
        }
       }
      }
     ]
    }
   },
   "as-printed": {
    "source": "Kommander 2.1, \"Configure an AWS Provider with a User Role\", minimal policy, two statements to the letter",
    "date": "2021-11-01",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": "iam:CreateServiceLinkedRole",
       "Resource": "arn:aws:iam::*:role/aws-service-role/eks-fargate-pods.amazonaws.com/AWSServiceRoleForAmazonEKSForFargate",
       "Condition": {
        "StringLike": {
         "iam:AWSServiceName": "eks-fargate.amazonaws.com"
        }
       }
      },
      {
       "Effect": "Allow",
       "Action": "iam:GetPolicy",
       "Resource": "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
      }
     ]
    }
   },
   "trust": {
    "source": "Kommander 2.1, \"Configure an AWS Provider with a User Role\", trust relationship",
    "date": "2021-11-01",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": "ec2.amazonaws.com",
        "AWS": "arn:{{partition}}:iam::{{trustedAccount}}:root"
       },
       "Action": "sts:AssumeRole"
      }
     ]
    }
   },
   "trust-external-id": {
    "source": "Kommander 2.1, \"Create Infrastructure Provider\", step 7; in two statements, since EC2 sends no External ID and would be locked out",
    "date": "2021-11-01",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": "ec2.amazonaws.com"
       },
       "Action": "sts:AssumeRole"
      },
      {
       "Effect": "Allow",
       "Principal": {
        "AWS": "arn:{{partition}}:iam::{{trustedAccount}}:root"
       },
       "Action": "sts:AssumeRole",
       "Condition": {
        "StringEquals": {
         "sts:ExternalId": "{{externalId}}"
        }
       }
      }
     ]
    }
   }
  },
  "consequences": [
   {
    "actions": [
     "ec2:runinstances",
     "ec2:terminateinstances",
     "ec2:describeinstances",
     "ec2:describeimages",
     "ec2:describekeypairs",
     "ec2:modifyinstanceattribute",
     "ec2:describevolumes"
    ],
    "breaks": "EC2 instances of the cluster cannot be created, found or removed."
   },
   {
    "actions": [
     "ec2:*vpc*",
     "ec2:*subnet*",
     "ec2:*gateway*",
     "ec2:*route*",
     "ec2:*address*",
     "ec2:*networkinterface*",
     "ec2:describeavailabilityzones",
     "ec2:describeaccountattributes"
    ],
    "breaks": "The cluster's VPC, subnets, gateways, addresses and route tables cannot be created or removed."
   },
   {
    "actions": [
     "ec2:*securitygroup*"
    ],
    "breaks": "The cluster's security groups cannot be created or kept."
   },
   {
    "actions": [
     "ec2:*tags",
     "tag:getresources"
    ],
    "breaks": "What belongs to the cluster cannot be tagged or found again."
   },
   {
    "actions": [
     "ec2:*launchtemplate*",
     "autoscaling:*"
    ],
    "breaks": "Machine pools (launch templates and Auto Scaling groups) do not work."
   },
   {
    "actions": [
     "elasticloadbalancing:*"
    ],
    "breaks": "The load balancer of the cluster's API server cannot be created or kept."
   },
   {
    "actions": [
     "iam:createservicelinkedrole"
    ],
    "breaks": "In an account without them, the service-linked roles of Auto Scaling, ELB, Spot or EKS cannot be made."
   },
   {
    "actions": [
     "iam:passrole"
    ],
    "breaks": "Instances cannot be launched with the cluster's roles."
   },
   {
    "actions": [
     "secretsmanager:*"
    ],
    "breaks": "Machines cannot get their bootstrap data, so they never join."
   },
   {
    "actions": [
     "eks:*",
     "iam:getrole",
     "iam:listattachedrolepolicies",
     "iam:getpolicy",
     "ssm:getparameter"
    ],
    "breaks": "EKS clusters, node groups, add-ons and Fargate profiles cannot be managed."
   },
   {
    "actions": [
     "kms:*"
    ],
    "breaks": "EKS clusters with secrets encryption cannot be created."
   },
   {
    "actions": [
     "sts:assumerole"
    ],
    "breaks": "Kommander cannot use the role, so it cannot create clusters in this account."
   }
  ],
  "entries": [
   {
    "entry": "dkp-bootstrapper",
    "title": "The DKP bootstrapper role",
    "version": 1,
    "source": "DKP Konvoy 2.2, \"Configure permissions and role to create cluster\"",
    "date": "2022-06-01",
    "when": {
     "dkp": true
    },
    "names": [
     "dkp-bootstrapper-role"
    ],
    "trust": [
     {
      "policy": "trust-external-id",
      "when": {
       "externalId": "set"
      }
     },
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "cluster"
      }
     ]
    },
    "profile": {
     "rule": "required",
     "usual": [
      "DKPBootstrapInstanceProfile"
     ]
    }
   },
   {
    "entry": "role",
    "title": "The infrastructure provider role",
    "version": 1,
    "source": "Kommander 2.1, \"Configure an AWS Provider with a User Role\"",
    "date": "2021-11-01",
    "names": [
     "kommander-*"
    ],
    "trust": [
     {
      "policy": "trust-external-id",
      "when": {
       "externalId": "set"
      }
     },
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "required": [
      {
       "policy": "cluster"
      },
      {
       "policy": "eks"
      }
     ],
     "allowed": [
      {
       "policy": "as-printed"
      }
     ]
    },
    "profile": {
     "rule": "any"
    }
   }
  ]
 },
 {
  "platform": "rancher",
  "title": "Rancher",
  "clusters": true,
  "rolesBy": "node",
  "parameters": {
   "node": {
    "kind": "choice",
    "values": [
     "controlplane",
     "worker",
     "both"
    ],
    "required": true,
    "says": "Which nodes carry the role; worker is for etcd nodes as well, both for nodes that are all in one."
   },
   "provider": {
    "kind": "choice",
    "values": [
     "in-tree",
     "out-of-tree"
    ],
    "says": "The cloud provider; from Kubernetes 1.27 only the out-of-tree one works."
   }
  },
  "policies": {
   "controlplane": {
    "source": "Rancher v2.6, \"Setting up the Amazon Cloud Provider\", policy for nodes with the controlplane role",
    "date": "2022-06-01",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeTags",
        "ec2:DescribeInstances",
        "ec2:DescribeRegions",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVolumes",
        "ec2:CreateSecurityGroup",
        "ec2:CreateTags",
        "ec2:CreateVolume",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifyVolume",
        "ec2:AttachVolume",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateRoute",
        "ec2:DeleteRoute",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteVolume",
        "ec2:DetachVolume",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:AttachLoadBalancerToSubnets",
        "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateLoadBalancerPolicy",
        "elasticloadbalancing:CreateLoadBalancerListeners",
        "elasticloadbalancing:ConfigureHealthCheck",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteLoadBalancerListeners",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DetachLoadBalancerFromSubnets",
        "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
        "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerPolicies",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
        "iam:CreateServiceLinkedRole",
        "kms:DescribeKey"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "controlplane-out-of-tree": {
    "source": "cloud-provider-aws, docs/prerequisites.md, what it lists beyond Rancher's policy",
    "date": "2026-03-07",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstanceTopology",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:SetSecurityGroups"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "availability-zones": {
    "source": "Rancher v2.10, \"Setting up the Amazon Cloud Provider\", what both policies list beyond those of v2.6",
    "date": "2024-11-01",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": "ec2:DescribeAvailabilityZones",
       "Resource": "*"
      }
     ]
    }
   },
   "worker": {
    "source": "Rancher v2.6, \"Setting up the Amazon Cloud Provider\", policy for nodes with the etcd or worker role",
    "date": "2022-06-01",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Action": [
        "ec2:DescribeInstances",
        "ec2:DescribeRegions",
        "ecr:GetAuthorizationToken",
        "ecr:BatchCheckLayerAvailability",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetRepositoryPolicy",
        "ecr:DescribeRepositories",
        "ecr:ListImages",
        "ecr:BatchGetImage"
       ],
       "Resource": "*"
      }
     ]
    }
   },
   "trust": {
    "source": "Rancher links to Amazon EC2, \"IAM roles for Amazon EC2\", for how to create the role: its trust is EC2's, though Rancher does not print it",
    "date": "2022-06-01",
    "document": {
     "Version": "2012-10-17",
     "Statement": [
      {
       "Effect": "Allow",
       "Principal": {
        "Service": "ec2.amazonaws.com"
       },
       "Action": "sts:AssumeRole"
      }
     ]
    }
   }
  },
  "consequences": [
   {
    "actions": [
     "ec2:describeinstances",
     "ec2:describeregions"
    ],
    "breaks": "Nodes cannot look themselves up in EC2, so the kubelet cannot register with the cloud provider."
   },
   {
    "actions": [
     "ecr:*"
    ],
    "breaks": "etcd and worker nodes cannot pull images from ECR."
   },
   {
    "actions": [
     "ec2:createvolume",
     "ec2:modifyvolume",
     "ec2:attachvolume",
     "ec2:detachvolume",
     "ec2:deletevolume",
     "ec2:describevolumes"
    ],
    "breaks": "Persistent volumes on EBS cannot be created, resized, attached or deleted."
   },
   {
    "actions": [
     "elasticloadbalancing:*",
     "iam:createservicelinkedrole"
    ],
    "breaks": "Services of type LoadBalancer and Layer-4 load balancers are not created, changed or removed."
   },
   {
    "actions": [
     "ec2:createsecuritygroup",
     "ec2:deletesecuritygroup",
     "ec2:authorizesecuritygroupingress",
     "ec2:revokesecuritygroupingress",
     "ec2:describesecuritygroups",
     "ec2:modifyinstanceattribute"
    ],
    "breaks": "Security groups for load balancers and nodes cannot be kept."
   },
   {
    "actions": [
     "ec2:createroute",
     "ec2:deleteroute",
     "ec2:describeroutetables"
    ],
    "breaks": "Pod routes in the VPC cannot be kept."
   },
   {
    "actions": [
     "ec2:describesubnets",
     "ec2:describevpcs",
     "ec2:describeavailabilityzones"
    ],
    "breaks": "The cluster's network cannot be found, so load balancers have no subnets."
   },
   {
    "actions": [
     "ec2:createtags"
    ],
    "breaks": "Volumes and security groups cannot be tagged as the cluster's."
   },
   {
    "actions": [
     "autoscaling:*"
    ],
    "breaks": "Node groups cannot be discovered."
   },
   {
    "actions": [
     "kms:describekey"
    ],
    "breaks": "Encrypted volumes cannot be created with a key of your own."
   },
   {
    "actions": [
     "ec2:describeinstancetopology"
    ],
    "breaks": "Nodes get no topology labels."
   },
   {
    "actions": [
     "sts:assumerole"
    ],
    "breaks": "EC2 cannot hand the role to the nodes, so the cloud provider on them has no credentials."
   }
  ],
  "entries": [
   {
    "entry": "controlplane-out-of-tree",
    "title": "Nodes with the controlplane role, out-of-tree provider",
    "version": 1,
    "source": "Rancher v2.6 \"Setting up the Amazon Cloud Provider\"; cloud-provider-aws docs/prerequisites.md",
    "date": "2026-03-07",
    "when": {
     "node": "controlplane",
     "provider": "out-of-tree"
    },
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "example": true,
     "required": [
      {
       "policy": "controlplane"
      },
      {
       "policy": "controlplane-out-of-tree"
      }
     ]
    },
    "profile": {
     "rule": "required"
    }
   },
   {
    "entry": "both-out-of-tree",
    "title": "Nodes with every role, out-of-tree provider",
    "version": 1,
    "source": "Rancher v2.6 \"Setting up the Amazon Cloud Provider\"; cloud-provider-aws docs/prerequisites.md",
    "date": "2026-03-07",
    "when": {
     "node": "both",
     "provider": "out-of-tree"
    },
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "example": true,
     "required": [
      {
       "policy": "controlplane"
      },
      {
       "policy": "worker"
      },
      {
       "policy": "controlplane-out-of-tree"
      }
     ]
    },
    "profile": {
     "rule": "required"
    }
   },
   {
    "entry": "controlplane",
    "title": "Nodes with the controlplane role",
    "version": 1,
    "source": "Rancher v2.6, \"Setting up the Amazon Cloud Provider\"",
    "date": "2022-06-01",
    "when": {
     "node": "controlplane"
    },
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "example": true,
     "required": [
      {
       "policy": "controlplane"
      }
     ],
     "allowed": [
      {
       "policy": "availability-zones"
      }
     ]
    },
    "profile": {
     "rule": "required"
    }
   },
   {
    "entry": "both",
    "title": "Nodes with every role",
    "version": 1,
    "source": "Rancher v2.6, \"Setting up the Amazon Cloud Provider\"",
    "date": "2022-06-01",
    "when": {
     "node": "both"
    },
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "example": true,
     "required": [
      {
       "policy": "controlplane"
      },
      {
       "policy": "worker"
      }
     ],
     "allowed": [
      {
       "policy": "availability-zones"
      }
     ]
    },
    "profile": {
     "rule": "required"
    }
   },
   {
    "entry": "worker",
    "title": "Nodes with the etcd or worker role",
    "version": 1,
    "source": "Rancher v2.6, \"Setting up the Amazon Cloud Provider\"",
    "date": "2022-06-01",
    "when": {
     "node": "worker"
    },
    "trust": [
     {
      "policy": "trust"
     }
    ],
    "permissions": {
     "mode": "exactly",
     "example": true,
     "required": [
      {
       "policy": "worker"
      }
     ],
     "allowed": [
      {
       "policy": "availability-zones"
      }
     ]
    },
    "profile": {
     "rule": "required"
    }
   }
  ]
 }
];
