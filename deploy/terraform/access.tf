locals {
  oidc_issuer = replace(var.oidc_provider_arn, "/^.*oidc-provider\\//", "")
  # arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/ID, from which those of topics and groups follow
  kafka_arn = aws_msk_cluster.kafka.arn
}

resource "aws_iam_role" "sink" {
  name_prefix = "${var.name}-sink-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = var.oidc_provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "${local.oidc_issuer}:sub" = "system:serviceaccount:${var.service_account}"
          "${local.oidc_issuer}:aud" = "sts.amazonaws.com"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "sink" {
  name = "tables-and-topics"
  role = aws_iam_role.sink.id

  policy = templatefile("${path.module}/policies/sink.json.tftpl", {
    bucket_arn  = aws_s3_bucket.lake.arn
    key_arn     = aws_kms_key.lake.arn
    glue_prefix = "arn:${data.aws_partition.current.partition}:glue:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"
    databases   = var.databases
    cluster_arn = local.kafka_arn
    topic_arn   = replace(local.kafka_arn, ":cluster/", ":topic/")
    group_arn   = replace(local.kafka_arn, ":cluster/", ":group/")
    writer_arn  = replace(local.kafka_arn, ":cluster/", ":transactional-id/")
  })
}
