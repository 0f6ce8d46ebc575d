Feature: Clients with credentials

  Background:
    Given format "JSON"

  Scenario: HR reads an employee
    Given Basic Auth "hr" "$HR_PASSWORD"
    And URL path "/api/secure/employee/123"
    When the URL is invoked
    Then status is "200"
    And path "/meta/is_ok" is True
    And path "/data/name" is "John Doe"
    And the response matches the API description

  Scenario: Onboarding adds an employee
    Given Basic Auth "onboarding" "$ONBOARDING_PASSWORD"
    And URL path "/api/secure/employee/create"
    And REST method "POST"
    And request is "{"name": "Jane Roe", "department": "Sales"}"
    When the URL is invoked
    Then status is "200"
    And I store "/data/employee_no" from response under "number"

  Scenario: Payroll finds the new employee
    Given Basic Auth "payroll" "$PAYROLL_PASSWORD"
    And URL path "/api/secure/employee/get/#{number}"
    When the URL is invoked
    Then path "/data/department" is "Sales"

  Scenario: The password of somebody else opens nothing
    Given Basic Auth "hr" "$PAYROLL_PASSWORD"
    And URL path "/api/secure/employee/get/123"
    When the URL is invoked
    Then status is "403"

  Scenario: A recruiter, who is a partner, has a password
    Given Basic Auth "recruiter" "$RECRUITER_PASSWORD"
    And URL path "/api/partner/employee/get/123"
    When the URL is invoked
    Then path "/data/name" is "John Doe"

  Scenario: But a partner is no system of the company
    Given URL path "/api/secure/employee/get/123"
    When the URL is invoked
    Then status is "403"

  Scenario: Two kinds of credentials are one too many
    Given API key "$INSURER_KEY"
    And header "Authorization" "Basic cmVjcnVpdGVyOng="
    And URL path "/api/partner/employee/get/123"
    When the URL is invoked
    Then status is "400"
    And path "/code" is "several_credentials"
    And context is cleaned up

  Scenario: An insurer, who is a partner, has a key
    Given API key "$INSURER_KEY"
    And URL path "/api/partner/employee/123"
    When the URL is invoked
    Then path "/data/department" is "HR"
