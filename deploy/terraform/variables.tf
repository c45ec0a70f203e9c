variable "name" {
  description = "Of everything that is made, and of the bucket's beginning."
  type        = string
  default     = "firn"
}

variable "vpc_id" {
  description = "Where Kafka's brokers are."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the brokers, each in a zone of its own."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 3
    error_message = "Topics are kept three times: three zones at least."
  }
}

variable "client_security_group_id" {
  description = "Of whoever may connect to Kafka: the nodes of the cluster that Firn runs on."
  type        = string
}

variable "oidc_provider_arn" {
  description = "Of the EKS cluster whose service account the sink runs as."
  type        = string
}

variable "service_account" {
  description = "NAMESPACE:NAME of the sink's service account."
  type        = string
  default     = "firn:firn-sink"
}

variable "databases" {
  description = "Of Glue: the namespaces of the tables."
  type        = set(string)
  default     = ["bronze", "silver", "gold", "ops"]
}

variable "broker_type" {
  type    = string
  default = "kafka.m7g.large"
}

variable "broker_storage_gb" {
  type    = number
  default = 500
}

variable "alarm_email" {
  description = "Who is told by alarms."
  type        = string
}

variable "kept_versions_days" {
  description = "How long what was deleted or overwritten can be restored: at least as long as backups of the catalog are kept."
  type        = number
  default     = 14
}
