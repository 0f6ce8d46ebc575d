Feature: The life of an employee

  Background:
    Given format "JSON"

  Scenario: An employee joins
    Given URL path "/api/employee/create"
    And REST method "POST"
    And request is "{"name": "Jane Roe", "department": "Payroll"}"
    When the URL is invoked
    Then status is "200"
    And path "/meta/is_ok" is True
    And path "/data/employee_no" is any integer
    And I store "/data/employee_no" from response under "number"

  Scenario: The employee is there
    Given URL path "/api/employee/get/#{number}"
    When the URL is invoked
    Then status is "200"
    And path "/data/name" is "Jane Roe"
    And path "/data/department" is "Payroll"
    And path "/meta/cid" is not empty

  Scenario Outline: The department changes, by <method>
    Given URL path "/api/employee/update/#{number}"
    And REST method "<method>"
    And request is "{"department": "<department>"}"
    When the URL is invoked
    Then status is one of "200, 204"
    Given URL path "/api/employee/get/#{number}"
    And REST method "GET"
    And the request has no body
    When the URL is invoked
    Then path "/data/name" is "Jane Roe"
    And path "/data/department" is "<department>"

    Examples:
      | method | department |
      | POST   | Onboarding |
      | PATCH  | HR         |

  Scenario: The employee leaves
    Given URL path "/api/employee/delete/#{number}"
    And REST method "DELETE"
    When the URL is invoked
    Then status is one of "200, 204"

  Scenario: The employee is gone
    Given URL path "/api/employee/get/#{number}"
    When the URL is invoked
    Then status is "404"
    And path "/code" is "not_found"

  Scenario Outline: What is no number of an employee: <number>
    Given URL path "/api/employee/get/<number>"
    When the URL is invoked
    Then status is "422"
    And path "/code" is "invalid_input"
    And path "/errors/0/path" is "/employee_no"

    Examples:
      | number |
      | abc    |
      | 0      |
      | 1.5    |

  Scenario: An employee without a department
    Given URL path "/api/employee/create"
    And REST method "POST"
    And request is "{"name": "Nobody"}"
    When the URL is invoked
    Then status is "422"
    And the response contains "department"
