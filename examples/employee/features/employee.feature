Feature: Employee API

Scenario: *** Get Employee API ***

    Given address "http://localhost:17010"
    Given URL path "/api/employee/get/123"
    Given REST method "GET"

    When the URL is invoked

    Then status is "200"
    And path "/meta/is_ok" is True
    And path "/meta/cid" is not empty
    And path "/meta/timestamp" is not empty
    And path "/data/name" is "John Doe"
    And path "/data/department" is "HR"
