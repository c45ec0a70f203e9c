output "bootstrap_servers" {
  description = "FIRN_KAFKA_BOOTSTRAP_SERVERS"
  value       = aws_msk_cluster.kafka.bootstrap_brokers_sasl_iam
}

output "warehouse" {
  description = "FIRN_SINK_CATALOG_WAREHOUSE"
  value       = "s3://${aws_s3_bucket.lake.id}/warehouse"
}

output "sink_role" {
  description = "eks.amazonaws.com/role-arn of the sink's service account"
  value       = aws_iam_role.sink.arn
}
